import type { RedisAddress } from '#libs/config';
import { Cluster, type Redis } from 'ioredis';

/** Redis answers, but is not what its URL says. The message says what to write instead; it holds no password. */
export class RedisSetupError extends Error {
  override readonly name = 'RedisSetupError';
}

/** Watches a new connection and reports through `onError`, once, a URL that does not fit the server. */
export function explainSetup(
  redis: Redis | Cluster,
  address: RedisAddress,
  onError: (error: RedisSetupError) => void,
): void {
  let isTold = false;
  const tell = (sentence: string | null): void => {
    if (sentence === null || isTold) return;
    isTold = true;
    onError(new RedisSetupError(sentence));
  };
  if (address.kind === 'cluster') {
    redis.on('error', (error: Error & { lastNodeError?: Error }) => tell(clusterProblem(error)));
    return;
  }
  if (redis instanceof Cluster) return;
  if (address.kind === 'sentinel') {
    redis.on('sentinelError', (error: Error) => tell(sentinelProblem(error, address.masterName)));
    return;
  }
  redis.on('ready', () => {
    redis.info('server').then(
      (text) => tell(modeProblem(/^redis_mode:(\w+)/m.exec(text)?.[1] ?? '')),
      () => undefined,
    );
  });
  redis.on('error', (error: Error) => tell(loginProblem(error)));
}

function modeProblem(mode: string): string | null {
  if (mode === 'cluster') {
    return 'The Redis URL names one node of a Redis Cluster. Write redis+cluster://host:port,host:port with some of its nodes.';
  }
  if (mode === 'sentinel') {
    return 'The Redis URL names a Sentinel. Write redis+sentinel://host:port,host:port/master-name with all Sentinels.';
  }
  return null;
}

function sentinelProblem(error: Error, masterName: string): string | null {
  if (/invalid reply: null|No such master/.test(error.message)) {
    return `The Sentinels watch no primary called "${masterName}". Put the name of "sentinel monitor <name> …" behind the last slash of the Redis URL.`;
  }
  if (/unknown (?:sub)?command|wrong number of arguments for 'sentinel'/i.test(error.message)) {
    return 'A host of the redis+sentinel:// URL is not a Sentinel. Name the Sentinels (usually port 26379), not the Redis servers.';
  }
  return /NOAUTH|WRONGPASS|NOPERM/.test(error.message)
    ? 'The Sentinels ask for a login. Append ?sentinelPassword=… (and sentinelUsername=…) to the Redis URL.'
    : null;
}

function clusterProblem(error: Error & { lastNodeError?: Error }): string | null {
  const reason = `${error.message} ${error.lastNodeError?.message ?? ''}`;
  if (/cluster support disabled/.test(reason)) {
    return 'The hosts of the redis+cluster:// URL are not a Redis Cluster. Write redis://host:port for one server, or start Redis with cluster-enabled yes.';
  }
  return loginProblem(new Error(reason));
}

function loginProblem(error: Error): string | null {
  return /NOAUTH|WRONGPASS|invalid username-password|NOPERM/.test(error.message)
    ? 'Redis refuses the login. Put user and password into the Redis URL: redis://user:password@host, percent-encoded.'
    : null;
}
