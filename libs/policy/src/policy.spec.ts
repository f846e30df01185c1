import { describe, expect, it } from 'vitest';
import {
  type RequestFacts,
  RuleError,
  checkEndpointRules,
  clientAddress,
  addressSet,
  compilePolicy,
  hashEndpointSecret,
} from '#libs/policy';

const facts = (more: Partial<RequestFacts>): RequestFacts => ({
  origin: undefined,
  userAgent: undefined,
  address: '192.0.2.1',
  secret: undefined,
  ...more,
});
const ALLOWED = `0x${'a1'.repeat(20)}`;
const EVIL = `0x${'ee'.repeat(20)}`;
const origins = compilePolicy(
  checkEndpointRules({ origins: ['https://example.com', '*.example.com', 'https://bücher.example'] }),
  null,
)!;
const contracts = compilePolicy({ contracts: [ALLOWED] }, null)!;
const callOf = (method: string, params: unknown, isEvm = true) =>
  contracts.call({ method, isEvm, paramsText: typeof params === 'string' ? params : JSON.stringify(params) });

describe('compilePolicy', () => {
  it('is null without rules, so that endpoints without rules pay nothing', () => {
    expect(compilePolicy(null, null)).toBeNull();
    expect(compilePolicy(checkEndpointRules({ origins: [], methods: null }), { chains: null })).toBeNull();
  });

  it.each([
    'https://example.com',
    'https://EXAMPLE.com',
    'https://example.com:443',
    'https://a.example.com',
    'http://b.a.example.com',
    'https://xn--bcher-kva.example',
  ])('lets the origin %s pass', (origin) => expect(origins.request(facts({ origin }), '0021')).toBeNull());

  it.each([
    undefined,
    '',
    'null',
    'https://example.com.evil.io',
    'https://evil-example.com',
    'https://evilexample.com',
    'http://example.com',
    'https://example.com:8443',
    'https://example.com@evil.io',
    'https://user:pass@example.com',
    'https://example.com\\.evil.io',
    'https://evil.io/https://example.com',
    'https://evil.io#example.com',
    'https://evil.io?.example.com',
    'https://example.com.',
    'https://a.example.com:8443',
    'https://examp1e.com',
    'https://еxample.com',
    'https://xn--example-xgd.com',
    '*.example.com',
    'https://*.evil.io',
    'file://example.com',
    'chrome-extension://example.com',
    'https://example.com, https://evil.io',
    ' https://example.com',
    'https://example.com/',
    'https://.example.com',
    'javascript:example.com',
    'https://evil.io%2eexample.com:1',
    `https://${'a'.repeat(300)}.example.com`,
  ])('refuses the origin %s and names rule and value', (origin) => {
    const refusal = origins.request(facts({ origin }), '0021');
    expect(refusal).toMatchObject({
      reason: 'policy',
      rule: 'origins',
      seen: origin === undefined ? null : origin.slice(0, 120),
    });
  });

  it.each([
    '*',
    '*.com',
    'https://',
    'https://a/b',
    'a b',
    'ftp://a.example',
    'https://*',
    'user@example.com',
    'https://a.*.com',
  ])('does not take %s for an origin rule', (origin) =>
    expect(() => checkEndpointRules({ origins: [origin] })).toThrow(RuleError),
  );

  it('takes verb and path for a method, exactly or as a beginning', () => {
    const policy = compilePolicy(checkEndpointRules({ methods: ['GET /status', 'GET /cosmos/bank/*'] }), null)!;
    const passes = (method: string) => policy.call({ method, isEvm: false, paramsText: '' }) === null;
    expect(['GET /status', 'GET /cosmos/bank/v1'].map(passes)).toEqual([true, true]);
    expect(['POST /status', 'GET /status/', 'GET /cosmos/bank', 'get /status', 'GET'].map(passes)).not.toContain(true);
  });

  it.each(['PUT /a', 'GET a', 'GET  /a', 'GET /a b', 'GET /*/b', 'GET *', '/a'])(
    'does not take %s for a rule on paths',
    (rule) => expect(() => checkEndpointRules({ methods: [rule] })).toThrow(RuleError),
  );

  it('compares addresses by range, and an IPv4 address in IPv6 clothes as itself', () => {
    const policy = compilePolicy({ addresses: ['203.0.113.0/24', '2001:db8::/32', '198.51.100.7'] }, null)!;
    const passes = (address: string) => policy.request(facts({ address }), '0021') === null;
    expect(['203.0.113.9', '::ffff:203.0.113.9', '2001:db8::1', '198.51.100.7'].map(passes)).toEqual([
      true,
      true,
      true,
      true,
    ]);
    expect(
      ['203.0.114.9', '2001:db9::1', '198.51.100.70', '', '203.0.113.9.evil', '0xcb007109'].map(passes),
    ).not.toContain(true);
  });

  it('believes X-Forwarded-For from proxies of ours only, and only its trusted tail', () => {
    const trusted = addressSet(['10.0.0.0/8']);
    expect(clientAddress('10.0.0.1', '203.0.113.9, 198.51.100.7', trusted)).toBe('198.51.100.7');
    expect(clientAddress('10.0.0.1', '203.0.113.9, 198.51.100.7, 10.0.0.2', trusted)).toBe('198.51.100.7');
    expect(clientAddress('198.51.100.7', '203.0.113.9', trusted)).toBe('198.51.100.7');
    expect(clientAddress('10.0.0.1', '203.0.113.9, garbage', trusted)).toBe('10.0.0.1');
    expect(clientAddress('::ffff:198.51.100.7', '203.0.113.9', null)).toBe('198.51.100.7');
  });

  it('takes the secret alone, and user agents whole or by their beginning', () => {
    const secret = compilePolicy({ secretHash: hashEndpointSecret('right') }, null)!;
    expect(secret.request(facts({ secret: 'right' }), '0021')).toBeNull();
    for (const wrong of [undefined, '', 'Right', 'right ', hashEndpointSecret('right')]) {
      expect(secret.request(facts({ secret: wrong }), '0021')).toMatchObject({ rule: 'secret' });
    }
    const agents = compilePolicy(checkEndpointRules({ userAgents: ['MyApp/*', 'job'] }), null)!;
    expect(agents.request(facts({ userAgent: 'myapp/2.1' }), '0021')).toBeNull();
    for (const userAgent of [undefined, 'Evil MyApp/2', 'job2']) {
      expect(agents.request(facts({ userAgent }), '0021')).toMatchObject({ rule: 'userAgents' });
    }
  });

  it('ANDs the rules of endpoint and key', () => {
    const policy = compilePolicy({ methods: ['eth_*'] }, { chains: ['0021'], methods: ['eth_call', 'net_version'] })!;
    const method = (name: string) => policy.call({ method: name, isEvm: true, paramsText: '' });
    expect(method('eth_call')).toBeNull();
    expect(method('net_version')).toMatchObject({ reason: 'method-policy', rule: 'methods' });
    expect(method('eth_getLogs')).toMatchObject({ reason: 'method-policy', rule: 'key-methods', seen: 'eth_getLogs' });
    expect(method('ETH_CALL')).not.toBeNull();
    expect(policy.request(facts({}), '0009')).toMatchObject({ rule: 'key-chains', seen: '0009' });
  });
});

describe('the contract rule', () => {
  it('reads the contract wherever a method names it', () => {
    expect(callOf('eth_call', [{ to: ALLOWED.toUpperCase().replace('0X', '0x') }, 'latest'])).toBeNull();
    expect(callOf('eth_getLogs', [{ address: [ALLOWED] }])).toBeNull();
    expect(callOf('eth_getCode', [ALLOWED, 'latest'])).toBeNull();
    expect(callOf('eth_blockNumber', '')).toBeNull();
    // A legacy, an EIP-1559 and a wrapped blob transaction to the allowed contract.
    const to = ALLOWED.slice(2);
    expect(callOf('eth_sendRawTransaction', [`0xd8010101${'94'}${to}8080`])).toBeNull();
    expect(callOf('eth_sendRawTransaction', [`0x02dc0101010101${'94'}${to}8080`])).toBeNull();
    expect(callOf('eth_sendRawTransaction', [`0x03dddc0101010101${'94'}${to}80808080`])).toBeNull();
  });

  it.each<[string, unknown]>([
    ['eth_call', [{ to: EVIL }, 'latest']],
    ['eth_call', [{ to: ALLOWED, To: EVIL }, 'latest']],
    ['eth_call', `[{"to":"${EVIL}","to":"${ALLOWED}"},"latest"]`],
    ['eth_call', `[{"to":"${ALLOWED}","\\u0074o":"${EVIL}"},"latest"]`],
    ['eth_call', [{ data: '0x60' }, 'latest']],
    ['eth_call', [{ to: ALLOWED }, 'latest', { [ALLOWED]: { code: '0x60' } }]],
    ['eth_call', [[EVIL]]],
    ['eth_call', ''],
    ['eth_call', { to: EVIL }],
    ['eth_getLogs', [{}]],
    ['eth_getLogs', [{ address: [] }]],
    ['eth_getLogs', [{ address: [ALLOWED, EVIL] }]],
    ['eth_getLogs', [{ address: ALLOWED, 'addre\u017f\u017f': EVIL }]],
    ['eth_getStorageAt', [EVIL, '0x0', 'latest']],
    ['eth_simulateV1', [{}]],
    ['trace_callMany', [[]]],
    ['eth_sendRawTransaction', [`0xd801010194${EVIL.slice(2)}8080`]],
    ['eth_sendRawTransaction', ['0xc0']],
    ['eth_sendRawTransaction', ['0x7f00']],
    ['eth_sendRawTransaction', ['0xf9ffff']],
  ])('refuses %s %j', (method, params) => {
    expect(callOf(method, params)).toMatchObject({ reason: 'policy', rule: 'contracts' });
  });

  it('refuses every call of a chain whose contracts it cannot read', () => {
    expect(callOf('getSlot', '[]', false)).toMatchObject({ rule: 'contracts' });
  });
});
