import type { PlanLimits } from './plan-limits.js';

/** Why a plan refuses a call. */
export interface PlanRefusal {
  readonly reason: 'method-policy' | 'params';
  readonly message: string;
  /** `rule` names the limit of the plan; `seen` is what goes beyond it, null where that cannot be told. */
  readonly data: Readonly<Record<string, unknown>> & { readonly rule: string; readonly seen: string | null };
}

/** What a plan demands of single calls, compiled once per change. */
export interface PlanRules {
  readonly name: string;
  readonly tenantPerSecondMax: number | null;
  readonly endpointPerSecondMax: number | null;
  readonly keyPerSecondMax: number | null;
  readonly batchCallsMax: number | null;
  readonly socketsMax: number | null;
  /** Decides on one call, `paramsText` being its params as JSON or empty; null allows it. */
  call(method: string, paramsText: string): PlanRefusal | null;
}

/** Methods whose first parameter is a filter over blocks. */
const FILTER_METHODS: ReadonlySet<string> = new Set(['eth_getLogs', 'eth_newFilter', 'erigon_getLogs', 'trace_filter']);

/** Compiles a plan; null when it demands nothing of calls, so that tenants without such a plan pay nothing. */
export function compilePlan(name: string, limits: PlanLimits): PlanRules | null {
  const { perSecondMax, batchCallsMax, logBlocksMax, methods, socketsMax } = limits;
  const demands = [...Object.values(perSecondMax), batchCallsMax, logBlocksMax, methods, socketsMax];
  if (demands.every((demand) => demand === null)) return null;
  const isAllowed = methods === null ? null : matcher(methods);
  return Object.freeze({
    name,
    tenantPerSecondMax: perSecondMax.tenant,
    endpointPerSecondMax: perSecondMax.endpoint,
    keyPerSecondMax: perSecondMax.key,
    batchCallsMax,
    socketsMax,
    call(method: string, paramsText: string): PlanRefusal | null {
      if (isAllowed !== null && !isAllowed(method)) {
        return {
          reason: 'method-policy',
          message: `The plan "${name}" does not include ${method.slice(0, 100)}.`,
          data: { rule: 'plan-methods', seen: method.slice(0, 120), plan: name },
        };
      }
      if (logBlocksMax === null || !FILTER_METHODS.has(method)) return null;
      const blocks = filteredBlocks(paramsText);
      if (blocks !== null && blocks <= BigInt(logBlocksMax)) return null;
      return {
        reason: 'params',
        message:
          blocks === null
            ? `The plan "${name}" allows ${logBlocksMax} blocks per filter. State fromBlock and toBlock as 0x numbers.`
            : `The plan "${name}" allows ${logBlocksMax} blocks per filter; this one spans ${blocks}. Ask in parts.`,
        data: {
          rule: 'plan-log-blocks',
          limit: logBlocksMax,
          seen: blocks === null ? null : String(blocks),
          plan: name,
        },
      };
    },
  });
}

/**
 * Blocks that the filter in `paramsText` spans; null when that cannot be told from the text alone, as with a number on one end and
 * `latest` on the other. A filter by block hash spans one.
 */
export function filteredBlocks(paramsText: string): bigint | null {
  let filter: unknown;
  try {
    const params: unknown = JSON.parse(paramsText === '' ? '[]' : paramsText);
    filter = Array.isArray(params) ? (params[0] ?? {}) : null;
  } catch {
    return null;
  }
  if (typeof filter !== 'object' || filter === null || Array.isArray(filter)) return null;
  // Nodes written in Go take a member's name in any case.
  const named = Object.keys(filter).filter((name) => MEMBERS.has(name.toLowerCase()));
  if (named.some((name) => name !== MEMBERS.get(name.toLowerCase()))) return null;
  const { fromBlock, toBlock, blockHash } = filter as Record<string, unknown>;
  if (blockHash !== undefined && blockHash !== null) return 1n;
  const [from, to] = [endOf(fromBlock), endOf(toBlock)];
  if (from === null || to === null) return null;
  if (typeof from === 'string' || typeof to === 'string') return from === to && from !== 'earliest' ? 1n : null;
  return to < from ? 0n : to - from + 1n;
}

const MEMBERS: ReadonlyMap<string, string> = new Map([
  ['fromblock', 'fromBlock'],
  ['toblock', 'toBlock'],
  ['blockhash', 'blockHash'],
]);

const TAGS: ReadonlySet<string> = new Set(['latest', 'pending', 'safe', 'finalized', 'earliest']);

function endOf(value: unknown): bigint | string | null {
  if (value === undefined || value === null) return 'latest';
  if (typeof value !== 'string') return null;
  if (TAGS.has(value)) return value;
  return /^0x[0-9a-f]{1,16}$/i.test(value) ? BigInt(value) : null;
}

/** Exact entries, or beginnings that end with `*`. */
function matcher(entries: readonly string[]): (text: string) => boolean {
  const exact = new Set(entries.filter((entry) => !entry.endsWith('*')));
  const beginnings = entries.filter((entry) => entry.endsWith('*')).map((entry) => entry.slice(0, -1));
  return (text) => exact.has(text) || beginnings.some((beginning) => text.startsWith(beginning));
}
