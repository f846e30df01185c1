import type { Behaviour } from './fault-script.js';

interface RpcItem {
  readonly id?: unknown;
  readonly method?: unknown;
  readonly params?: unknown;
  readonly result?: unknown;
}

const BLOCK_TAGS = new Set(['latest', 'pending', 'safe', 'finalized']);

/** Where the methods that read state take their block, for callers that leave it out. */
const BLOCK_PARAMETER: Readonly<Record<string, number>> = {
  eth_getBalance: 1,
  eth_getCode: 1,
  eth_getTransactionCount: 1,
  eth_call: 1,
  eth_estimateGas: 1,
  eth_getStorageAt: 2,
};

const CHAIN_HTML = '<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>';

/** The JSON-RPC methods a relay's data calls; empty when it is not JSON-RPC. */
export function methodsOf(data: string): readonly string[] {
  return itemsOf(parse(data)).flatMap((item) => (typeof item.method === 'string' ? [item.method] : []));
}

/** The request of a node whose chain stands at `height`: tags and left-out blocks become that height. */
export function rewindRequest(data: string, height: number): string {
  const parsed = parse(data);
  const items = itemsOf(parsed);
  if (items.length === 0) return data;
  const block = `0x${Math.max(0, height).toString(16)}`;
  const rewound = items.map((item) => {
    const params = (Array.isArray(item.params) ? item.params : []).map((parameter: unknown) =>
      typeof parameter === 'string' && BLOCK_TAGS.has(parameter) ? block : parameter,
    );
    const position = typeof item.method === 'string' ? BLOCK_PARAMETER[item.method] : undefined;
    if (position !== undefined && params.length === position) params.push(block);
    return { ...item, params };
  });
  return JSON.stringify(Array.isArray(parsed) ? rewound : rewound[0]);
}

/**
 * A chain's answer as the misbehaving node gives it. `staleHeight` is the height such a node stands at.
 * Deterministic, so that two nodes with the same behaviour tell the same lie.
 */
export function tamperAnswer(
  behaviour: Behaviour,
  request: string,
  answer: string,
  staleHeight: number | null,
): string {
  if (behaviour.html === 'chain') return CHAIN_HTML;
  const parsed = parse(answer);
  const items = itemsOf(parsed);
  if (items.length === 0) return behaviour.lying || behaviour.wrongChain ? `${answer} ` : answer;
  const methods = new Map(itemsOf(parse(request)).map((item) => [JSON.stringify(item.id), item.method]));
  const tampered = items.map((item) => {
    const method = methods.get(JSON.stringify(item.id));
    const changed: Record<string, unknown> = { ...item };
    if ('result' in item) changed['result'] = changedResult(behaviour, method, item.result, staleHeight);
    if (behaviour.wrongId) changed['id'] = otherId(item.id);
    return changed;
  });
  return JSON.stringify(Array.isArray(parsed) ? tampered : tampered[0]);
}

function changedResult(behaviour: Behaviour, method: unknown, result: unknown, staleHeight: number | null): unknown {
  if (behaviour.oversizedBytes !== undefined) return `0x${'0'.repeat(behaviour.oversizedBytes)}`;
  if (behaviour.nullResult) return null;
  if (behaviour.wrongChain) {
    if (method === 'eth_chainId') return '0x38';
    if (method === 'net_version') return '56';
    return otherValue(result);
  }
  if (behaviour.lying) return otherValue(result);
  if (staleHeight !== null && method === 'eth_blockNumber') return `0x${Math.max(0, staleHeight).toString(16)}`;
  return result;
}

/** A value of the same shape that differs. */
function otherValue(value: unknown): unknown {
  if (typeof value === 'string') {
    if (!/^0x[0-9a-fA-F]+$/.test(value)) return `${value}1`;
    return value.slice(0, -1) + (value.endsWith('1') ? '2' : '1');
  }
  if (typeof value === 'number') return value + 1;
  if (typeof value === 'boolean') return !value;
  if (Array.isArray(value)) return value.length > 0 ? value.slice(0, -1) : ['0x1'];
  if (value === null || value === undefined) return '0x1';
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [key, typeof member === 'string' ? otherValue(member) : member]),
  );
}

function otherId(id: unknown): unknown {
  if (typeof id === 'number') return id + 1;
  return typeof id === 'string' ? `${id}0` : 1;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function itemsOf(parsed: unknown): readonly RpcItem[] {
  const list = Array.isArray(parsed) ? parsed : [parsed];
  return list.every((item) => typeof item === 'object' && item !== null && !Array.isArray(item))
    ? (list as readonly RpcItem[])
    : [];
}
