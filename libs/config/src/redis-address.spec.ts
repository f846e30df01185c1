import { describe, expect, it } from 'vitest';
import { RedisAddressError, parseRedisAddress } from './redis-address.js';

describe('Redis URLs', () => {
  it('leaves the URL of one server as it is', () => {
    for (const url of ['redis://localhost', 'rediss://user:p%40ss@[::1]:6380/3?family=6']) {
      expect(parseRedisAddress(url)).toEqual({ kind: 'single', url });
    }
  });

  it('reads Sentinels with the name of their primary, logins of both and a database', () => {
    expect(
      parseRedisAddress(
        'rediss+sentinel://app:p%40s%2Fs@a:1,b,[::1]:3/main/2?sentinelUsername=s&sentinelPassword=q%26',
      ),
    ).toEqual({
      kind: 'sentinel',
      sentinels: [
        { host: 'a', port: 1 },
        { host: 'b', port: 26_379 },
        { host: '::1', port: 3 },
      ],
      masterName: 'main',
      database: 2,
      tls: true,
      username: 'app',
      password: 'p@s/s',
      sentinelUsername: 's',
      sentinelPassword: 'q&',
    });
  });

  it('reads a Cluster by any of its nodes', () => {
    expect(parseRedisAddress('redis+cluster://:secret@10.0.0.1:7000,10.0.0.2/')).toEqual({
      kind: 'cluster',
      nodes: [
        { host: '10.0.0.1', port: 7_000 },
        { host: '10.0.0.2', port: 6_379 },
      ],
      tls: false,
      username: null,
      password: 'secret',
    });
  });

  it.each([
    ['http://canary', /must start with redis:\/\//],
    ['redis://canary:1,canary:2', /several hosts need redis\+sentinel:\/\//],
    ['redis+sentinel://canary:1', /the path must be the name/],
    ['redis+sentinel://canary:1/main/x', /only a database number/],
    ['redis+sentinel://canary:1/main?password=canary', /only sentinelUsername/],
    ['redis+cluster://canary:1/3', /database 0 only/],
    ['redis+cluster://canary:99999', /each host must read/],
    ['redis+cluster://', /each host must read/],
    ['redis+cluster://%:canary%@h', /written as %25/],
  ])('refuses %s and says what to write, without repeating it', (url, message) => {
    const parse = (): unknown => parseRedisAddress(url);
    expect(parse).toThrow(RedisAddressError);
    expect(parse).toThrow(message);
    expect(parse).not.toThrow(/canary/);
  });
});
