import { type JWK, exportJWK, generateKeyPair } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import { IssuerUnavailableError } from './issuer-unavailable-error.js';
import { RemoteKeySet } from './remote-key-set.js';

const ISSUER = 'https://issuer.example.com/realm';
let [first, second]: [JWK, JWK] = [{}, {}];

beforeAll(async () => {
  const made = async (kid: string) => {
    const { publicKey } = await generateKeyPair('EdDSA', { extractable: true });
    return { ...(await exportJWK(publicKey)), kid, use: 'sig', alg: 'EdDSA' };
  };
  [first, second] = [await made('first'), await made('second')];
});

/** An issuer in memory that counts what it is asked, and a clock that stands still. */
function world(keys: object[] = [first]) {
  const state = { keys, now: 0, isDown: false, requests: 0, discovery: {} as object };
  const set = new RemoteKeySet({
    issuer: ISSUER,
    clock: () => state.now,
    cooldownMs: 30_000,
    freshMs: 600_000,
    staleMs: 3_600_000,
    fetch: (input) => {
      state.requests += 1;
      if (state.isDown) return Promise.reject(new Error('away'));
      const isDiscovery = input === `${ISSUER}/.well-known/openid-configuration`;
      const discovery = { issuer: ISSUER, jwks_uri: 'https://issuer.example.com/keys', ...state.discovery };
      return Promise.resolve(Response.json(isDiscovery ? discovery : { keys: state.keys }));
    },
  });
  const find = (kid: string) => set.keyFor({ alg: 'EdDSA', kid });
  return { state, find };
}

describe('the keys of an issuer', () => {
  it('are fetched once for many, and again when they are old', async () => {
    const { state, find } = world();
    const found = await Promise.all(Array.from({ length: 50 }, () => find('first')));
    expect(found.every((key) => key !== null)).toBe(true);
    expect(state.requests).toBe(2);
    state.now += 600_000;
    await find('first');
    expect(state.requests).toBe(4);
  });

  it('are asked for once in a cool-down, however many unknown key ids arrive', async () => {
    const { state, find } = world();
    await find('first');
    for (let seconds = 0; seconds < 120; seconds += 1) {
      state.now += 1_000;
      const found = await Promise.all(Array.from({ length: 20 }, (_v, index) => find(`unknown-${seconds}-${index}`)));
      expect(found.every((key) => key === null)).toBe(true);
    }
    // The first attempt and one each 30 seconds, of two requests each.
    expect(state.requests).toBe(2 + 4 * 2);
  });

  it('follow a rotation as soon as a token names a new key', async () => {
    const { state, find } = world();
    await find('first');
    state.now += 30_000;
    state.keys = [second];
    expect(await find('second')).not.toBeNull();
    expect(await find('first')).toBeNull();
  });

  it('serve on while the issuer is away, for as long as is set, and an outage is no storm', async () => {
    const { state, find } = world();
    await find('first');
    state.isDown = true;
    for (state.now = 0; state.now < 3_600_000; state.now += 10_000) expect(await find('first')).not.toBeNull();
    expect(state.requests).toBeLessThanOrEqual(2 + 3_600_000 / 30_000);
    await expect(find('first')).rejects.toThrow(IssuerUnavailableError);
  });

  it('are unavailable, not unknown, while none could be had', async () => {
    const { state, find } = world();
    state.isDown = true;
    await expect(find('first')).rejects.toThrow(IssuerUnavailableError);
    await expect(find('first')).rejects.toThrow(IssuerUnavailableError);
    expect(state.requests).toBe(1);
    state.isDown = false;
    state.now += 30_000;
    expect(await find('first')).not.toBeNull();
  });

  it('are refused from a document of another issuer, and from plain http behind https', async () => {
    for (const discovery of [{ issuer: 'https://evil.example.com' }, { jwks_uri: 'http://issuer.example.com/keys' }]) {
      const { state, find } = world();
      state.discovery = discovery;
      await expect(find('first')).rejects.toThrow(IssuerUnavailableError);
    }
  });

  it('are public signature keys only: a symmetric or an encryption key in the set proves nothing', async () => {
    const { state } = world();
    expect(state.requests).toBe(0);
    for (const bad of [
      { kty: 'oct', kid: 'bad', k: 'c2VjcmV0', alg: 'HS256' },
      { ...first, kid: 'bad', use: 'enc' },
      { ...first, kid: 'bad', x: 'AAAA' },
      { ...first, kid: 'bad', d: 'nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A' },
    ]) {
      const { find } = world([bad]);
      expect(await find('bad')).toBeNull();
    }
  });
});
