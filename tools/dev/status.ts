import { colours as pc } from './colours.js';
import type { DevConfig } from './config.js';
import type { Demo } from './demo.js';
import { type Network, observe } from './observe.js';

/** The one line that lives below everything else. */
export class StatusLine {
  private readonly relays = new RelayCount();
  private readonly rate = new RateMeter();

  constructor(
    private readonly config: DevConfig,
    private readonly demo: Demo,
  ) {}

  /** Looks every `intervalMs` and hands the line to `show`; returns how to end it. */
  start(intervalMs: number, show: (text: string) => void): () => void {
    let ended = false;
    let timer: NodeJS.Timeout | undefined;
    const look = async (): Promise<void> => {
      const seen = await observe(this.config, this.demo);
      if (ended) return;
      const relays = this.relays.add(seen.relays);
      const relaysPerSecond = this.rate.add(performance.now(), relays);
      show(statusText({ relays, relaysPerSecond, leftToday: seen.leftToday, network: seen.network }));
      timer = setTimeout(() => void look(), intervalMs);
    };
    void look();
    return () => {
      ended = true;
      clearTimeout(timer);
    };
  }
}

/** Adds the counters of several processes; one that restarts begins at zero, and what it counted before still counts. */
export class RelayCount {
  private readonly last = new Map<number, number>();
  private total = 0;

  /** Takes the counters by process and returns the sum of all they have ever counted. */
  add(counters: ReadonlyMap<number, number>): number {
    for (const [process, count] of counters) {
      const before = this.last.get(process) ?? 0;
      this.total += count >= before ? count - before : count;
      this.last.set(process, count);
    }
    return this.total;
  }
}

/** Relays a second over the last ten seconds. */
export class RateMeter {
  private readonly points: Array<{ readonly atMs: number; readonly relays: number }> = [];

  /** Notes a total and returns the rate, null while there is nothing to compare with. */
  add(atMs: number, relays: number): number | null {
    this.points.push({ atMs, relays });
    while (this.points.length > 2 && (this.points[1]?.atMs ?? 0) <= atMs - 10_000) this.points.shift();
    const first = this.points[0];
    if (!first || first.atMs === atMs) return null;
    return ((relays - first.relays) * 1000) / (atMs - first.atMs);
  }
}

/** What the line shows; null where nobody answered. */
export interface Status {
  readonly relays: number;
  readonly relaysPerSecond: number | null;
  readonly leftToday: number | null;
  readonly network: Network | null;
}

/** The line itself. */
export function statusText({ relays, relaysPerSecond, leftToday, network }: Status): string {
  const number = (value: number | null): string => (value === null ? '–' : value.toLocaleString('en-US'));
  const rate = relaysPerSecond === null ? '–' : relaysPerSecond.toFixed(relaysPerSecond < 10 ? 1 : 0);
  const session = network ? Math.floor((network.sessionHeight - 1) / network.blocksPerSession) + 1 : null;
  return [
    `${pc.bold(number(relays))} relays`,
    `${rate}/s`,
    `${number(leftToday)} left today`,
    `session ${number(session)}, block ${number(network?.height ?? null)}`,
    `${number(network?.claimsSettled ?? null)} batches settled`,
    `${network ? pc.green(formatPokt(network.mintedUpokt)) : '–'} POKT minted`,
  ].join(pc.dim(' · '));
}

/** uPOKT as POKT with two decimals, exact and rounded down. */
export function formatPokt(upokt: bigint): string {
  const cents = upokt / 10_000n;
  return `${(cents / 100n).toLocaleString('en-US')}.${String(cents % 100n).padStart(2, '0')}`;
}
