import pc from 'picocolors';
import type { DevConfig } from './config.js';
import type { Demo } from './demo.js';
import { observe } from './observe.js';

/** What one look at the running system found; null where a process did not answer. */
export interface Observation {
  /** Relays answered by all gateways since they started. */
  readonly relays: number | null;
  /** Relays the demo application has left until 00:00 UTC. */
  readonly leftToday: number | null;
  readonly sessionNumber: number | null;
  readonly height: number | null;
  readonly batchesSettled: number | null;
  readonly mintedUpokt: bigint | null;
}

/** The one line that lives below everything else. */
export class StatusLine {
  private readonly rate = new RateMeter();

  constructor(private readonly sources: { config: DevConfig; adminToken: string; demo: Demo }) {}

  /** Looks every `intervalMs` and hands the line to `show`; returns how to end it. */
  start(intervalMs: number, show: (text: string) => void): () => void {
    let ended = false;
    let timer: NodeJS.Timeout | undefined;
    const look = async (): Promise<void> => {
      const observation = await observe();
      if (ended) return;
      show(statusText(observation, this.rate.add(performance.now(), observation.relays)));
      timer = setTimeout(() => void look(), intervalMs);
    };
    void look();
    return () => {
      ended = true;
      clearTimeout(timer);
    };
  }
}

/** Relays a second over the last ten seconds; a gateway that restarts counts from zero, which never shows as a negative rate. */
export class RateMeter {
  private readonly points: Array<{ atMs: number; relays: number }> = [];

  /** Notes a total and returns the rate, null while there is nothing to compare. */
  add(atMs: number, relays: number | null): number | null {
    if (relays === null) return null;
    if ((this.points.at(-1)?.relays ?? 0) > relays) this.points.length = 0;
    this.points.push({ atMs, relays });
    while (this.points.length > 2 && (this.points[1]?.atMs ?? 0) <= atMs - 10_000) this.points.shift();
    const first = this.points[0];
    if (!first || first.atMs === atMs) return null;
    return ((relays - first.relays) * 1000) / (atMs - first.atMs);
  }
}

/** The line itself. */
export function statusText(seen: Observation, relaysPerSecond: number | null): string {
  const number = (value: number | bigint | null): string => (value === null ? '–' : value.toLocaleString('en-US'));
  const rate = relaysPerSecond === null ? '–' : relaysPerSecond.toFixed(relaysPerSecond < 10 ? 1 : 0);
  return [
    `${pc.bold(number(seen.relays))} relays`,
    `${rate}/s`,
    `${number(seen.leftToday)} left today`,
    `session ${number(seen.sessionNumber)}, block ${number(seen.height)}`,
    `${number(seen.batchesSettled)} batches settled`,
    `${seen.mintedUpokt === null ? '–' : pc.green(formatPokt(seen.mintedUpokt))} POKT minted`,
  ].join(pc.dim(' · '));
}

/** uPOKT as POKT with two decimals, exact and rounded down. */
export function formatPokt(upokt: bigint): string {
  const cents = upokt / 10_000n;
  return `${(cents / 100n).toLocaleString('en-US')}.${String(cents % 100n).padStart(2, '0')}`;
}
