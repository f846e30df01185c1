import { stripVTControlCharacters } from 'node:util';
import { colours as pc } from './colours.js';

/** What the output needs from a stream; `process.stdout` is one. */
export interface OutputStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

type Colour = (text: string) => string;

const COLOURS: readonly Colour[] = [pc.cyan, pc.magenta, pc.yellow, pc.blue, pc.green];
const PREFIX_WIDTH = 9;

/**
 * Everything a person sees: lines with the name of who speaks, and below them, on a terminal, one status line that
 * stays. Without a terminal there are no control characters, so that a log file stays readable.
 */
export class Terminal {
  private readonly colours = new Map<string, Colour>();
  private status = '';
  private shown = false;

  constructor(private readonly stream: OutputStream = process.stdout) {}

  /** Whether the status line can be redrawn in place. */
  get isLive(): boolean {
    return this.stream.isTTY === true;
  }

  /** Prints `text` with the prefix of `who`; several lines each get it. */
  say(who: string, text: string): void {
    const prefix = this.colourOf(who)(who.padEnd(PREFIX_WIDTH));
    this.print(text.split('\n').map((line) => `${prefix} ${line}`));
  }

  /** Prints something that went wrong. */
  warn(who: string, text: string): void {
    this.say(who, pc.yellow(text));
  }

  /** Prints lines as they are. */
  print(lines: readonly string[]): void {
    this.eraseStatus();
    for (const line of lines) this.stream.write(`${line}\n`);
    this.drawStatus();
  }

  /** Replaces the status line; without a terminal it is printed as a line of its own. */
  setStatus(text: string): void {
    if (!this.isLive) {
      this.say('status', text);
      return;
    }
    this.eraseStatus();
    this.status = text;
    this.drawStatus();
  }

  /** Takes the status line away, so that the shell's prompt comes back on a clean line. */
  clearStatus(): void {
    this.eraseStatus();
    this.status = '';
  }

  private eraseStatus(): void {
    if (!this.shown) return;
    this.stream.write('\r\u001b[2K');
    this.shown = false;
  }

  private drawStatus(): void {
    if (!this.isLive || this.status === '') return;
    // A line wider than the terminal wraps, and then a single carriage return no longer erases it.
    this.stream.write(cut(this.status, (this.stream.columns || 80) - 1));
    this.shown = true;
  }

  private colourOf(who: string): Colour {
    let colour = this.colours.get(who);
    if (!colour) {
      colour = COLOURS[this.colours.size % COLOURS.length] ?? pc.cyan;
      this.colours.set(who, colour);
    }
    return colour;
  }
}

/** Cuts to `width` visible characters; a line that must be cut loses its colours, which is simpler than cutting between them. */
function cut(text: string, width: number): string {
  const plain = stripVTControlCharacters(text);
  return plain.length <= width ? text : `${plain.slice(0, Math.max(0, width - 1))}…`;
}
