import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from '#libs/telemetry';
import { WORKER_LOGGER } from './tokens.js';

/** A source that stays broken is repeated this often. */
const REPEAT_MS = 10_000;

/** Writes failures that are tried again: at once, then every ten seconds with the number of errors since, not once per attempt. */
@Injectable()
export class OutageLog {
  private readonly sources = new Map<string, { writtenAtMs: number; suppressed: number }>();

  constructor(@Inject(WORKER_LOGGER) private readonly logger: Logger) {}

  /** Notes an error of `source`, such as a queue's name or a step of settlement. */
  note(source: string, error: unknown): void {
    const nowMs = performance.now();
    const known = this.sources.get(source);
    if (known !== undefined && nowMs - known.writtenAtMs < REPEAT_MS) {
      known.suppressed += 1;
      return;
    }
    this.sources.set(source, { writtenAtMs: nowMs, suppressed: 0 });
    this.logger.warn(
      { source, err: error, errorsSince: known?.suppressed ?? 0 },
      'something failed and is tried again',
    );
  }
}
