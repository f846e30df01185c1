/** Chain ids are 1 or 2 bytes of hex at staking (facts 3.3); case matters afterwards, not here. */
const NETWORK_IDENTIFIER = /^(?:[0-9a-fA-F]{2}){1,2}$/;

/** The first chain id that cannot be staked for, or undefined when all can. */
export function invalidNetworkIdentifier(chains: readonly string[]): string | undefined {
  return chains.find((chain) => !NETWORK_IDENTIFIER.test(chain));
}

/** What is wrong with a node's service URL, or undefined: `http(s)://host.with.dot:port` without a path (facts 4.6). */
export function serviceUrlProblem(serviceUrl: string): string | undefined {
  const match = /^https?:\/\/([A-Za-z0-9.-]{1,253}):(\d{1,5})$/.exec(serviceUrl);
  if (!match) return 'expected http(s)://host:port without a path';
  const [, host = '', port = ''] = match;
  if (!host.includes('.')) return 'the host has no dot';
  if (Number(port) < 1 || Number(port) > 65_535) return 'the port is out of range';
  return undefined;
}
