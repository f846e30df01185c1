import { describe, expect, it } from 'vitest';
import { createChainCatalogue } from '#libs/chains';
import { DEFAULT_FRAME_LIMITS, scanFrame } from '#libs/jsonrpc';
import { type EndpointRules, type KeyRules, addressSet, compilePolicy, hashEndpointSecret } from '#libs/policy';
import { RateLimiter } from '#libs/quota';
import type { EndpointSnapshot } from '#libs/tenancy';
import { Authoriser, type Caller, isRefusal } from './authorise.js';
import type { RequestHead } from './request-facts.js';

const ALLOWED = `0x${'a1'.repeat(20)}`;

function world(rules: (EndpointRules & { secretHash?: string }) | null, key: KeyRules | null = null) {
  const endpoint: EndpointSnapshot = {
    endpointId: 'e',
    tenantId: 't',
    keyId: 'k',
    status: 'active',
    suspendedReason: null,
    answerStyle: 'wallet',
    verifyInline: false,
    chains: null,
    applications: [],
    policy: compilePolicy(rules, key),
  };
  const authoriser = new Authoriser({ resolve: () => endpoint }, createChainCatalogue(new Map()), undefined, {
    rates: new RateLimiter({ redis: null, clock: () => 0 }),
    trustedProxies: addressSet(['10.0.0.0/8']),
  });
  return (headers: RequestHead['headers'] = {}, remoteAddress = '198.51.100.7') =>
    authoriser.caller('key', 'eth', { headers, socket: { remoteAddress } }) as Caller | { reason: string };
}

/** The gate's answers to each call of a batch. */
function decisions(caller: Caller | { reason: string }, calls: unknown[]): Array<unknown> {
  if (isRefusal(caller)) throw new Error('refused as a whole');
  const body = Buffer.from(JSON.stringify(calls));
  const frame = scanFrame(body, { limits: DEFAULT_FRAME_LIMITS, versionOptional: false });
  if (frame.kind !== 'batch') throw new Error(frame.kind);
  return frame.calls.map((call) => (caller as Caller).gate?.call(body, call)?.data ?? null);
}

describe('Authoriser with rules', () => {
  it('gives callers without rules no gate, so that they pay nothing', () => {
    expect(world(null)()).not.toHaveProperty('gate');
  });

  it('refuses a request by its head before any call is looked at, naming rule and value', () => {
    const ask = world({ origins: ['*.example.com'] });
    expect(ask({ origin: 'https://a.example.com' })).toHaveProperty('gate');
    expect(ask({ origin: 'https://example.com.evil.io' })).toMatchObject({
      reason: 'policy',
      data: { rule: 'origins', seen: 'https://example.com.evil.io' },
    });
    expect(ask()).toMatchObject({ data: { rule: 'origins', seen: null } });
  });

  it('takes the secret from its header or as the password of Basic authentication', () => {
    const ask = world({ secretHash: hashEndpointSecret('sec_right') });
    const basic = (text: string) => ({ authorization: `Basic ${Buffer.from(text).toString('base64')}` });
    expect(ask({ 'x-api-secret': 'sec_right' })).toHaveProperty('gate');
    expect(ask(basic(':sec_right'))).toHaveProperty('gate');
    for (const wrong of [
      {},
      { 'x-api-secret': 'sec_wrong' },
      basic('sec_right'.slice(1)),
      { authorization: 'Bearer sec_right' },
    ]) {
      expect(ask(wrong)).toMatchObject({ data: { rule: 'secret' } });
    }
  });

  it('knows the address behind trusted proxies, and believes nobody else', () => {
    const ask = world({ addresses: ['203.0.113.0/24'] });
    expect(ask({ 'x-forwarded-for': '203.0.113.9' }, '10.1.1.1')).toHaveProperty('gate');
    expect(ask({ 'x-forwarded-for': '203.0.113.9' }, '198.51.100.7')).toMatchObject({
      data: { rule: 'addresses', seen: '198.51.100.7' },
    });
    expect(ask({ 'x-forwarded-for': '203.0.113.9, 198.51.100.7' }, '10.1.1.1')).toHaveProperty('reason', 'policy');
  });

  it('decides on each call of a batch by itself', () => {
    const ask = world({ methods: ['eth_*'], contracts: [ALLOWED] }, { methods: ['eth_call', 'eth_blockNumber'] });
    const call = (method: string, to?: string) => ({
      jsonrpc: '2.0',
      id: 1,
      method,
      params: to ? [{ to }, 'latest'] : [],
    });
    const evil = `0x${'ee'.repeat(20)}`;
    expect(
      decisions(ask(), [
        call('eth_call', ALLOWED),
        call('eth_call', evil),
        call('eth_gasPrice'),
        call('debug_x'),
        call('eth_blockNumber'),
      ]),
    ).toEqual([
      null,
      { rule: 'contracts', seen: evil },
      { rule: 'key-methods', seen: 'eth_gasPrice' },
      { rule: 'methods', seen: 'debug_x' },
      null,
    ]);
  });

  it('limits calls a second by key, and refused calls count against nothing', () => {
    const ask = world({ methods: ['eth_*'] }, { perSecondMax: 2 });
    const calls = ['net_x', 'eth_a', 'net_x', 'eth_b', 'eth_c'].map((method) => ({ jsonrpc: '2.0', id: 1, method }));
    expect(decisions(ask(), calls)).toEqual([
      { rule: 'methods', seen: 'net_x' },
      null,
      { rule: 'methods', seen: 'net_x' },
      null,
      { rule: 'key-rate', limit: 2, retryAfterMs: expect.any(Number) as number },
    ]);
  });
});
