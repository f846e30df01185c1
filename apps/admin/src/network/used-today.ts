import type { DailyLimiter } from '#libs/quota';
import { type UsageCounters, usageTotals } from '#libs/usage';
import type { DataSource } from 'typeorm';

/** Where an application stands on its UTC day. */
export interface Standing {
  readonly day: string;
  readonly used: number;
  readonly remaining: number;
  readonly resetAt: string;
  readonly source: 'redis' | 'usage';
}

/** How long Redis may take before the stored usage is shown instead. */
const REDIS_TIMEOUT_MS = 1_000;

/** What an application used today: from the limiter's counters, else from the stored usage. */
export class UsedToday {
  constructor(
    private readonly limiter: Pick<DailyLimiter, 'peek'> | null,
    private readonly dataSource: DataSource,
  ) {}

  /** null when neither source answers. */
  async of(applicationId: string, limit: number): Promise<Standing | null> {
    try {
      if (this.limiter) return await this.fromRedis(this.limiter, applicationId, limit);
    } catch {
      // Redis is away: what is stored is the better answer than none.
    }
    try {
      return await this.fromUsage(applicationId, limit);
    } catch {
      return null;
    }
  }

  private async fromRedis(
    limiter: Pick<DailyLimiter, 'peek'>,
    applicationId: string,
    limit: number,
  ): Promise<Standing> {
    const { day, used, remaining, resetAtMs } = await withinMs(REDIS_TIMEOUT_MS, limiter.peek(applicationId, limit));
    // Just after Redis lost its state the limiter has no day to tell yet.
    if (day === '') throw new Error('the limiter does not know the day yet');
    return { day, used, remaining, resetAt: new Date(resetAtMs).toISOString(), source: 'redis' };
  }

  private async fromUsage(applicationId: string, limit: number): Promise<Standing> {
    const rows = await this.dataSource.query<Array<{ day: string }>>(
      `SELECT (now() AT TIME ZONE 'UTC')::date::text AS day`,
    );
    const day = rows[0]?.day ?? '';
    const totals: UsageCounters = await usageTotals(this.dataSource, { applicationId, from: day, to: day });
    const used = Number(totals.billableRelays);
    const resetAt = new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString();
    return { day, used, remaining: Math.max(0, limit - used), resetAt, source: 'usage' };
  }
}

async function withinMs<T>(limitMs: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${limitMs} ms`)), limitMs);
  });
  try {
    return await Promise.race([work, limit]);
  } finally {
    clearTimeout(timer);
  }
}
