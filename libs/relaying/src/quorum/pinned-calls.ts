/** Where a method takes its block (execution-apis, parameter positions). */
const BLOCK_PARAMETER: Readonly<Record<string, number>> = {
  eth_getBlockByNumber: 0,
  eth_getBlockTransactionCountByNumber: 0,
  eth_getUncleCountByBlockNumber: 0,
  eth_getTransactionByBlockNumberAndIndex: 0,
  eth_getBalance: 1,
  eth_getCode: 1,
  eth_getTransactionCount: 1,
  eth_call: 1,
  eth_getStorageAt: 2,
};
/** Methods whose answer depends on nothing but the chain itself. */
const CONSTANT = new Set(['eth_chainId', 'net_version']);

/**
 * Whether two honest nodes must give the same answer, now and later: the call names its block by number or hash, or asks for a
 * constant. Only then is a node that answers otherwise a liar; about `latest` it may just be behind.
 */
export function isPinned(method: string, data: string): boolean {
  if (CONSTANT.has(method)) return true;
  const position = BLOCK_PARAMETER[method];
  if (position === undefined) return false;
  let block: unknown;
  try {
    const { params } = JSON.parse(data) as { params?: unknown };
    block = Array.isArray(params) ? (params as unknown[])[position] : undefined;
  } catch {
    return false;
  }
  if (typeof block === 'string') return /^0x[0-9a-f]+$/i.test(block);
  return typeof block === 'object' && block !== null && ('blockHash' in block || 'blockNumber' in block);
}
