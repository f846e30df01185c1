import { colours as pc } from './colours.js';

const SEVERITY: Readonly<Record<string, number>> = { trace: 10, debug: 20, info: 30, warn: 40, error: 50, fatal: 60 };

/**
 * What a person sees of a line that a process printed, or null when it says nothing they need: JSON log lines from
 * `warn` up become one short sentence, other text of a process is shown when `verbose`.
 */
export function readableLine(line: string, verbose: boolean): string | null {
  const entry = parse(line);
  if (!entry) return verbose ? line : null;
  const severity = SEVERITY[String(entry['level'])] ?? Number(entry['level']);
  if (!verbose && !(severity >= 40)) return null;
  const text = typeof entry['msg'] === 'string' ? entry['msg'] : '';
  const error = entry['err'] as { message?: string } | undefined;
  const cause = error?.message?.split('\n')[0] ?? (typeof entry['reason'] === 'string' ? entry['reason'] : undefined);
  const reason = cause && !text.includes(cause) ? `: ${cause}` : '';
  const sentence = `${text}${reason}`;
  if (severity >= 50) return pc.red(sentence);
  return severity >= 40 ? pc.yellow(sentence) : sentence;
}

function parse(line: string): Record<string, unknown> | null {
  if (!line.startsWith('{')) return null;
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

const REPEAT_PAUSE_MS = 10_000;

/** Holds back what a process says again and again; the log file has it all. */
export class RepeatFilter {
  private readonly shownAtMs = new Map<string, number>();

  /** Whether `text` is news: `name` has not said it within ten seconds. */
  isNews(name: string, text: string, nowMs: number): boolean {
    const key = `${name} ${text}`;
    const before = this.shownAtMs.get(key);
    if (before !== undefined && nowMs - before < REPEAT_PAUSE_MS) return false;
    if (this.shownAtMs.size > 1_000) this.shownAtMs.clear();
    this.shownAtMs.set(key, nowMs);
    return true;
  }
}
