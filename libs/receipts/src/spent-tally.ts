import { join } from 'node:path';
import type { JournalDisk } from './journal-disk.js';
import type { SpentByApplication } from './journal.options.js';

/** Name of the file that carries the tally over shipped (deleted) segments. */
export const SPENT_FILE = 'spent.json';

/** A unit is spent on the day it was admitted and may be answered shortly after; older days are of no use to a limiter. */
const DAYS_KEPT = 3;

/**
 * Billable relays by application and day over an instance's whole life, so that a limiter can tell what of a dead instance's
 * lease was never used. Shipped segments are gone from the disk, therefore the tally is saved with the number of the last segment it covers.
 */
export class SpentTally {
  readonly #spent = new Map<string, Map<string, number>>();

  add(applicationId: string, day: string, units = 1): void {
    let days = this.#spent.get(applicationId);
    if (days === undefined) this.#spent.set(applicationId, (days = new Map()));
    days.set(day, (days.get(day) ?? 0) + units);
  }

  addAll(spent: SpentByApplication): void {
    for (const [applicationId, days] of spent) {
      for (const [day, units] of days) this.add(applicationId, day, units);
    }
  }

  /** A view, not a copy. */
  get spent(): SpentByApplication {
    return this.#spent;
  }

  /** Writes the tally so that a reader sees the old or the new one, never half. Throws what the file system throws. */
  save(disk: JournalDisk, directory: string, throughSequence: number): void {
    this.#forgetOldDays();
    const spent = Object.fromEntries([...this.#spent].map(([id, days]) => [id, Object.fromEntries(days)]));
    const path = join(directory, SPENT_FILE);
    disk.put(`${path}.tmp`, JSON.stringify({ version: 1, throughSequence, spent }));
    disk.rename(`${path}.tmp`, path);
  }

  #forgetOldDays(): void {
    const days = [...new Set([...this.#spent.values()].flatMap((byDay) => [...byDay.keys()]))].toSorted();
    for (const old of days.slice(0, -DAYS_KEPT)) {
      for (const [id, byDay] of this.#spent) {
        byDay.delete(old);
        if (byDay.size === 0) this.#spent.delete(id);
      }
    }
  }
}

/** Reads a saved tally; an absent or damaged one covers nothing (the units of shipped segments then stay leased until the day ends). */
export function loadSpentTally(disk: JournalDisk, directory: string): { tally: SpentTally; throughSequence: number } {
  const tally = new SpentTally();
  try {
    const saved = JSON.parse(disk.read(join(directory, SPENT_FILE)).toString('utf8')) as {
      throughSequence: number;
      spent: Record<string, Record<string, number>>;
    };
    for (const [id, days] of Object.entries(saved.spent)) {
      for (const [day, units] of Object.entries(days)) tally.add(id, day, units);
    }
    return { tally, throughSequence: saved.throughSequence };
  } catch {
    return { tally: new SpentTally(), throughSequence: 0 };
  }
}
