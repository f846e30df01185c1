/**
 * Reads the words after the command. Unknown words are refused, so that a typo never starts the wrong thing.
 *
 * @param {string[]} words `process.argv.slice(2)`
 * @param {Record<string, 'switch' | 'value' | 'list'>} flags known flags without their dashes
 * @returns {{ options: Record<string, true | string | string[]>, problem: string | null }}
 */
export function readArguments(words, flags) {
  /** @type {Record<string, true | string | string[]>} */
  const options = {};
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index];
    const [dashed, inline] = splitOnce(word, '=');
    const name = dashed.replace(/^--?/, '');
    const kind = dashed.startsWith('-') ? flags[name === 'h' ? 'help' : name] : undefined;
    if (kind === undefined) return { options, problem: `"${word}" is not an option of this command.` };
    if (kind === 'switch') {
      if (inline !== undefined) return { options, problem: `--${name} takes no value.` };
      options[name === 'h' ? 'help' : name] = true;
      continue;
    }
    const value = inline ?? words[++index];
    if (value === undefined || value === '') return { options, problem: `--${name} needs a value.` };
    if (kind === 'list') {
      const earlier = Array.isArray(options[name]) ? options[name] : [];
      options[name] = earlier.concat(value.split(',').filter((entry) => entry !== ''));
    } else {
      options[name] = value;
    }
  }
  return { options, problem: null };
}

/** @param {string} text @param {string} separator @returns {[string, string | undefined]} */
function splitOnce(text, separator) {
  const at = text.indexOf(separator);
  return at === -1 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}
