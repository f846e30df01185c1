/** Longest line that is accepted, characters: a row of ours has hundreds. */
const LINE_LENGTH_MAX = 4 * 1024 * 1024;

/**
 * The values of an answer in NDJSON, one line at a time: memory is that of a line, however long the answer is.
 *
 * @throws SyntaxError when a line is no JSON object, or the answer ends within one
 */
export async function* ndjsonValues(response: Response): AsyncGenerator<Record<string, unknown>> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of response.body ?? []) {
    rest += decoder.decode(chunk as Uint8Array, { stream: true });
    const lines = rest.split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > LINE_LENGTH_MAX) throw new SyntaxError(`A line has more than ${LINE_LENGTH_MAX} characters.`);
    for (const line of lines) if (line !== '') yield valueOf(line);
  }
  if (rest !== '') yield valueOf(rest);
}

function valueOf(line: string): Record<string, unknown> {
  const value: unknown = JSON.parse(line);
  if (typeof value !== 'object' || value === null) throw new SyntaxError('A line is no JSON object.');
  return value as Record<string, unknown>;
}
