import type { Chain } from '#libs/chains';

/**
 * Answers what the gateway knows itself, as JSON text, or null. Wallets refuse a network whose chain id they cannot read,
 * so these stay free and work when the limit is spent or every node is down.
 */
export function localResult(chain: Chain, method: string): string | null {
  if (chain.evmChainId === null) return null;
  if (method === 'eth_chainId') return `"0x${chain.evmChainId.toString(16)}"`;
  if (method === 'net_version') return `"${chain.evmChainId}"`;
  return null;
}

/** Methods that need a connection to push through; relays have none. */
export function isSubscription(method: string): boolean {
  return method.endsWith('_subscribe') || method.endsWith('_unsubscribe') || /^[a-z]+(Unsub|Sub)scribe$/.test(method);
}
