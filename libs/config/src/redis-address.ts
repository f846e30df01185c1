/** A host and its TCP port. */
export interface RedisHost {
  readonly host: string;
  readonly port: number;
}

/** Where Redis is, whatever its topology. */
export type RedisAddress = SingleRedisAddress | SentinelRedisAddress | ClusterRedisAddress;

/** One server; the URL is passed to the client as it is. */
export interface SingleRedisAddress {
  readonly kind: 'single';
  readonly url: string;
}

interface RedisLogin {
  readonly tls: boolean;
  readonly username: string | null;
  readonly password: string | null;
}

/** A primary that Sentinels name and replace. */
export interface SentinelRedisAddress extends RedisLogin {
  readonly kind: 'sentinel';
  readonly sentinels: readonly RedisHost[];
  /** The name under which the Sentinels watch the primary. */
  readonly masterName: string;
  readonly database: number;
  readonly sentinelUsername: string | null;
  readonly sentinelPassword: string | null;
}

/** Shards; the hosts are only where discovery begins. */
export interface ClusterRedisAddress extends RedisLogin {
  readonly kind: 'cluster';
  readonly nodes: readonly RedisHost[];
}

/** A Redis URL cannot be used. The message says how to write it and never repeats it, because it may hold a password. */
export class RedisAddressError extends Error {
  override readonly name = 'RedisAddressError';
}

const SCHEME = /^(rediss?)(\+sentinel|\+cluster)?:\/\//;
const REDIS_PORT = 6_379;
const SENTINEL_PORT = 26_379;
const DATABASE_MAX = 1_000_000;

const SINGLE_FORM = 'redis://host:6379';
const SENTINEL_FORM = 'redis+sentinel://host:26379,host:26379/master-name';
const CLUSTER_FORM = 'redis+cluster://host:6379,host:6379';

/**
 * Reads a Redis URL:
 * - `redis://[user:password@]host[:6379][/database]`, one server;
 * - `redis+sentinel://[user:password@]host[:26379],…/master-name[/database][?sentinelUsername=…&sentinelPassword=…]`;
 * - `redis+cluster://[user:password@]host[:6379],…`.
 *
 * `rediss` in place of `redis` speaks TLS, to Sentinels too. User and password are those of Redis and percent-encoded.
 *
 * @throws RedisAddressError saying what to write instead.
 */
export function parseRedisAddress(text: string): RedisAddress {
  const scheme = SCHEME.exec(text);
  if (scheme === null) {
    throw new RedisAddressError(
      `must start with redis:// or rediss:// for one server (${SINGLE_FORM}), redis+sentinel:// (${SENTINEL_FORM}) or redis+cluster:// (${CLUSTER_FORM})`,
    );
  }
  if (scheme[2] === undefined) return singleAddress(text);
  const tls = scheme[1] === 'rediss';
  const { authority, path, query } = partsOf(text.slice(scheme[0].length));
  const at = authority.lastIndexOf('@');
  const login = { tls, ...loginOf(at < 0 ? '' : authority.slice(0, at)) };
  const hosts = authority.slice(at + 1);
  if (scheme[2] === '+cluster') {
    if (path !== '' && path !== '0')
      throw new RedisAddressError('a Redis Cluster has database 0 only: leave the path away');
    return { kind: 'cluster', nodes: hostsOf(hosts, REDIS_PORT, CLUSTER_FORM), ...login };
  }
  const [masterName = '', database = '0', ...rest] = path.split('/').map((segment) => decoded(segment));
  if (masterName === '')
    throw new RedisAddressError(
      `the path must be the name under which the Sentinels watch the primary: ${SENTINEL_FORM}`,
    );
  if (rest.length > 0 || !/^\d{1,7}$/.test(database) || Number(database) > DATABASE_MAX)
    throw new RedisAddressError(`after the master's name only a database number may follow: ${SENTINEL_FORM}/0`);
  const parameters = new URLSearchParams(query);
  for (const name of parameters.keys()) {
    if (name !== 'sentinelUsername' && name !== 'sentinelPassword')
      throw new RedisAddressError('only sentinelUsername and sentinelPassword may follow the question mark');
  }
  return {
    kind: 'sentinel',
    sentinels: hostsOf(hosts, SENTINEL_PORT, SENTINEL_FORM),
    masterName,
    database: Number(database),
    sentinelUsername: parameters.get('sentinelUsername'),
    sentinelPassword: parameters.get('sentinelPassword'),
    ...login,
  };
}

function singleAddress(url: string): SingleRedisAddress {
  const { authority } = partsOf(url.replace(SCHEME, ''));
  if (authority.slice(authority.lastIndexOf('@') + 1).includes(',')) {
    throw new RedisAddressError(
      `several hosts need redis+sentinel:// (${SENTINEL_FORM}) or redis+cluster:// (${CLUSTER_FORM})`,
    );
  }
  return { kind: 'single', url };
}

function partsOf(rest: string): { authority: string; path: string; query: string } {
  const [beforeQuery, query] = splitOnce(rest, '?');
  const [authority, path] = splitOnce(beforeQuery, '/');
  return { authority, path: path.replace(/\/+$/, ''), query };
}

function splitOnce(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}

function loginOf(text: string): { username: string | null; password: string | null } {
  if (text === '') return { username: null, password: null };
  const [username, password] = splitOnce(text, ':');
  return {
    username: username === '' ? null : decoded(username),
    password: password === '' ? null : decoded(password),
  };
}

function hostsOf(text: string, defaultPort: number, form: string): RedisHost[] {
  return text.split(',').map((entry) => {
    const found = /^(\[[0-9a-fA-F:.]+\]|[^\s:@/[\]]+)(?::(\d{1,5}))?$/.exec(entry.trim());
    const port = Number(found?.[2] ?? defaultPort);
    if (found?.[1] === undefined || port < 1 || port > 65_535)
      throw new RedisAddressError(`each host must read host or host:port, separated by commas: ${form}`);
    return { host: found[1].replace(/^\[|\]$/g, ''), port };
  });
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new RedisAddressError('a percent sign in user, password or name must be written as %25');
  }
}
