import type { AlertSubject } from '../domain/alert-events.js';

/** Committed relays of one application through one endpoint on one UTC day. */
export interface DailyUse {
  /** `YYYY-MM-DD`. */
  readonly day: string;
  readonly tenantId: string;
  readonly endpointId: string;
  readonly applicationId: string;
  readonly relays: bigint;
}

/** An application's limit, and who spends from it; see `dailyLimitsOf` of #libs/tenancy. */
export interface DailyLimit {
  readonly tenantId: string;
  readonly applicationId: string;
  readonly endpointIds: readonly string[];
  readonly relaysMax: number;
}

/** The part of a rule that decides about crossings. */
export interface WatchRule {
  readonly tenantId: string;
  readonly subject: AlertSubject;
  /** null: every one of that kind. */
  readonly subjectId: string | null;
  /** Percent. */
  readonly thresholds: readonly number[];
  /** null: every channel. */
  readonly channelIds: readonly string[] | null;
}

/** A threshold that a day's use has reached. */
export interface Crossing {
  readonly tenantId: string;
  readonly subject: AlertSubject;
  readonly subjectId: string;
  readonly day: string;
  readonly threshold: number;
  readonly usedRelays: bigint;
  readonly limitRelays: bigint;
  /** Of all rules that watch for it; null: every channel. */
  readonly channelIds: readonly string[] | null;
}

/** Thresholds where a tenant chose none, percent. */
export const THRESHOLDS_DEFAULT: readonly number[] = [50, 80, 100];

interface Amount {
  used: bigint;
  limit: bigint;
}

/**
 * Every threshold that is reached: used × 100 ≥ threshold × limit, in whole numbers. An application has its own limit, an endpoint the sum
 * of those of its applications, a tenant the sum of all its applications'. What has no limit crosses nothing.
 * A threshold that several rules watch appears once, for the channels of all of them.
 */
export function crossingsOf(
  use: readonly DailyUse[],
  limits: readonly DailyLimit[],
  rules: readonly WatchRule[],
): Crossing[] {
  const found = new Map<string, Crossing>();
  const rulesByTenant = byTenant(rules);
  for (const [key, amount] of amountsOf(use, limits)) {
    const [tenantId = '', day = '', subject = '', subjectId = ''] = key.split(' ');
    if (amount.limit === 0n) continue;
    for (const rule of rulesByTenant.get(tenantId) ?? []) {
      if (rule.subject !== subject || (rule.subjectId !== null && rule.subjectId !== subjectId)) continue;
      for (const threshold of rule.thresholds) {
        if (amount.used * 100n < BigInt(threshold) * amount.limit) continue;
        const before = found.get(`${key} ${threshold}`);
        found.set(`${key} ${threshold}`, {
          tenantId,
          subject: rule.subject,
          subjectId,
          day,
          threshold,
          usedRelays: amount.used,
          limitRelays: amount.limit,
          channelIds: before === undefined ? rule.channelIds : united(before.channelIds, rule.channelIds),
        });
      }
    }
  }
  return [...found.values()];
}

function amountsOf(use: readonly DailyUse[], limits: readonly DailyLimit[]): Map<string, Amount> {
  const amounts = new Map<string, Amount>();
  const at = (key: string): Amount => {
    const amount = amounts.get(key) ?? { used: 0n, limit: 0n };
    amounts.set(key, amount);
    return amount;
  };
  const days = new Set<string>();
  for (const { tenantId, day, applicationId, endpointId, relays } of use) {
    days.add(`${tenantId} ${day}`);
    at(`${tenantId} ${day} application ${applicationId}`).used += relays;
    at(`${tenantId} ${day} endpoint ${endpointId}`).used += relays;
    at(`${tenantId} ${day} tenant ${tenantId}`).used += relays;
  }
  const limitsByTenant = byTenant(limits);
  for (const day of days) {
    for (const limit of limitsByTenant.get(day.split(' ')[0] ?? '') ?? []) {
      const relaysMax = BigInt(limit.relaysMax);
      at(`${day} application ${limit.applicationId}`).limit += relaysMax;
      for (const endpointId of limit.endpointIds) at(`${day} endpoint ${endpointId}`).limit += relaysMax;
      at(`${day} tenant ${limit.tenantId}`).limit += relaysMax;
    }
  }
  return amounts;
}

function byTenant<T extends { readonly tenantId: string }>(rows: readonly T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const group = groups.get(row.tenantId);
    if (group === undefined) groups.set(row.tenantId, [row]);
    else group.push(row);
  }
  return groups;
}

function united(left: readonly string[] | null, right: readonly string[] | null): readonly string[] | null {
  return left === null || right === null ? null : [...new Set([...left, ...right])];
}
