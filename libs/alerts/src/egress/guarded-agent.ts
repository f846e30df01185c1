import type { Socket } from 'node:net';
import { Agent, buildConnector } from 'undici';
import { addressFault, isLoopback } from './public-address.js';
import { type HostResolver, dnsResolver } from './resolve-host.js';
import type { EgressPolicy } from './webhook-url.js';

/** A connection that was not made, because its address is not one of the public internet. */
export class EgressRefusedError extends Error {
  override readonly name = 'EgressRefusedError';
  readonly code = 'EGRESS_REFUSED';
}

/** Opens one connection; undici's own unless a test looks on. */
export type Connector = buildConnector.connector;

/** How a {@link guardedConnector} connects. */
export interface GuardOptions {
  readonly policy: EgressPolicy;
  /** Default: DNS. */
  readonly resolve?: HostResolver;
  /** Default: undici's, with `connectTimeoutMs`. */
  readonly connector?: Connector;
  /** For TCP and TLS together; default 5,000. */
  readonly connectTimeoutMs?: number;
}

/**
 * A connector that resolves the name once per connection, refuses the connection when any one of the answers is not public, and connects to
 * an address of that very answer, so that a name which resolves differently a moment later gains nothing. TLS verifies the
 * certificate for the name. Addresses in place of names are checked the same way.
 */
export function guardedConnector(options: GuardOptions): Connector {
  const { policy, resolve = dnsResolver(), connectTimeoutMs = 5_000 } = options;
  const connector = options.connector ?? buildConnector({ timeout: connectTimeoutMs, allowH2: false });
  const open = async (target: buildConnector.Options, callback: buildConnector.Callback): Promise<void> => {
    const name = target.hostname.replace(/^\[|\]$/g, '');
    let addresses: readonly string[];
    try {
      addresses = await publicAddresses(name, target.protocol, policy, resolve);
    } catch (error) {
      callback(error as Error, null);
      return;
    }
    connectFirst(connector, { ...target, servername: name }, addresses, callback);
  };
  return (target, callback) => void open(target, callback);
}

/** An undici agent that can reach the public internet and nothing else. The caller closes it. */
export function guardedAgent(options: GuardOptions & { readonly answerTimeoutMs: number }): Agent {
  return new Agent({
    connect: guardedConnector(options),
    connections: 4,
    pipelining: 1,
    // A receiver may drop an idle connection at any time; a dropped one would look like a failed delivery.
    keepAliveTimeout: 1_000,
    keepAliveMaxTimeout: 1_000,
    headersTimeout: options.answerTimeoutMs,
    bodyTimeout: options.answerTimeoutMs,
    maxHeaderSize: 16 * 1_024,
  });
}

async function publicAddresses(
  name: string,
  protocol: string,
  policy: EgressPolicy,
  resolve: HostResolver,
): Promise<readonly string[]> {
  if (policy.loopbackHosts.includes(name)) return ['127.0.0.1'];
  if (protocol !== 'https:') throw new EgressRefusedError('Only https leaves this system.');
  const addresses = /^[0-9.]+$|:/.test(name) ? [name] : await resolve(name);
  if (addresses.length === 0) throw new EgressRefusedError('The name has no address.');
  for (const address of addresses) {
    const fault = addressFault(address);
    if (fault !== null) throw new EgressRefusedError(`The name leads to an address that is not public (${fault}).`);
  }
  return addresses;
}

/** Tries one checked address after the other; the last error is the answer. */
function connectFirst(
  connector: Connector,
  target: buildConnector.Options,
  addresses: readonly string[],
  callback: buildConnector.Callback,
): void {
  const [address = '', ...others] = addresses;
  connector({ ...target, hostname: address }, (...[error, socket]: Parameters<buildConnector.Callback>) => {
    if (error !== null && others.length > 0) return connectFirst(connector, target, others, callback);
    if (error !== null) return callback(error, null);
    const fault = peerFault(socket, address);
    if (fault === null) return callback(null, socket);
    socket.destroy();
    callback(new EgressRefusedError(fault), null);
  });
}

/** A proxy or a rewritten route could put another peer behind a checked address; the socket knows whom it met. */
function peerFault(socket: Socket, address: string): string | null {
  const peer = socket.remoteAddress;
  if (peer === undefined || isLoopback(address)) return null;
  const fault = addressFault(peer);
  return fault === null ? null : `The connection met an address that is not public (${fault}).`;
}
