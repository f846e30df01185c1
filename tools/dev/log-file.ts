import { type WriteStream, createWriteStream, existsSync, renameSync, statSync } from 'node:fs';

const BYTES_MAX = 64 * 1024 * 1024;

/** The log of one process; at {@link BYTES_MAX} it starts over and keeps one predecessor, so a long session fills no disk. */
export class LogFile {
  private stream: WriteStream;
  private size: number;

  constructor(readonly path: string) {
    this.size = existsSync(path) ? statSync(path).size : 0;
    this.stream = createWriteStream(path, { flags: 'a', mode: 0o600 });
  }

  /** Appends one line. */
  writeLine(line: string): void {
    if (this.size > BYTES_MAX) this.rotate();
    this.size += line.length + 1;
    this.stream.write(`${line}\n`);
  }

  /** Resolves when everything is in the file. */
  close(): Promise<void> {
    return new Promise((resolve) => this.stream.end(resolve));
  }

  private rotate(): void {
    this.stream.end();
    renameSync(this.path, `${this.path}.1`);
    this.stream = createWriteStream(this.path, { flags: 'w', mode: 0o600 });
    this.size = 0;
  }
}
