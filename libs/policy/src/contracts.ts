import { transactionTarget } from './transaction-target.js';

/** Methods that name no contract, whatever their parameters. Everything neither here nor below is refused while contracts are limited. */
const WITHOUT_CONTRACT =
  /^(?:net_|web3_)|^eth_(?:chainId|blockNumber|gasPrice|maxPriorityFeePerGas|blobBaseFee|feeHistory|syncing|protocolVersion|accounts|getBalance|getTransactionCount|getTransactionByHash|getTransactionReceipt|getTransactionByBlock(?:Hash|Number)AndIndex|getRawTransactionByHash|getBlockBy(?:Hash|Number)|getBlockReceipts|getBlockTransactionCountBy(?:Hash|Number)|getUncle\w+|newBlockFilter|getFilterChanges|uninstallFilter)$/;
const CALLS = new Set([
  'eth_call',
  'eth_estimateGas',
  'eth_createAccessList',
  'eth_sendTransaction',
  'debug_traceCall',
  'trace_call',
]);
const BY_ADDRESS = new Set(['eth_getCode', 'eth_getStorageAt', 'eth_getProof']);
const BY_FILTER = new Set(['eth_getLogs', 'eth_newFilter']);
const ADDRESS = /^0x[0-9a-f]{40}$/;

/** The contracts a call touches by its own words, lower case; null when that cannot be told. */
export function contractsOf(method: string, paramsText: string): readonly string[] | null {
  if (WITHOUT_CONTRACT.test(method)) return [];
  const params = parsedOnce(paramsText);
  if (!Array.isArray(params)) return null;
  const values = params as unknown[];
  // Overrides lend any contract's code to an allowed address.
  if (CALLS.has(method))
    return values.length > 2 && values[2] !== null && method !== 'debug_traceCall' && method !== 'trace_call'
      ? null
      : membersNamed(values[0], 'to', false);
  if (BY_ADDRESS.has(method)) return typeof values[0] === 'string' ? addresses([values[0]]) : null;
  if (BY_FILTER.has(method)) return membersNamed(values[0], 'address', true);
  if (method === 'eth_sendRawTransaction' || method === 'eth_sendRawTransactionSync') {
    const target = typeof values[0] === 'string' ? transactionTarget(values[0]) : null;
    return target === null ? null : [target];
  }
  return null;
}

/** Parsed parameters; null for broken JSON and for objects that name a member twice, which each node reads its own way. */
function parsedOnce(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    const stated = text.replace(/"(?:[^"\\]|\\.)*"/g, '').split(':').length - 1;
    return memberCount(value) === stated ? value : null;
  } catch {
    return null;
  }
}

function memberCount(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const members = Object.values(value) as unknown[];
  return members.reduce((sum: number, member) => sum + memberCount(member), Array.isArray(value) ? 0 : members.length);
}

/** Values of a member under every spelling that a node may take for it: Go's decoder folds case, also ſ and the Kelvin sign. */
function membersNamed(value: unknown, name: string, several: boolean): readonly string[] | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const found = Object.entries(value)
    .filter(([key]) => key.toUpperCase().toLowerCase() === name)
    .flatMap(([, member]: [string, unknown]) => (several && Array.isArray(member) ? (member as unknown[]) : [member]));
  return found.length > 0 ? addresses(found) : null;
}

function addresses(values: readonly unknown[]): readonly string[] | null {
  const lower = values.map((value) => (typeof value === 'string' ? value.toLowerCase() : ''));
  return lower.every((value) => ADDRESS.test(value)) ? lower : null;
}
