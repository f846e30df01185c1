import { EventEmitter } from 'node:events';
import type { Socket } from 'node:net';
import type { buildConnector } from 'undici';
import { describe, expect, it, vi } from 'vitest';
import { type Connector, EgressRefusedError, guardedConnector } from './guarded-agent.js';
import { addressFault } from './public-address.js';
import type { HostResolver } from './resolve-host.js';
import { EGRESS_POLICY_DEFAULT, WebhookUrlError, parseWebhookUrl } from './webhook-url.js';

const PUBLIC = '93.184.215.14';

/** Addresses that must not be reached, by what they are. */
const FORBIDDEN: ReadonlyArray<readonly [name: string, address: string]> = [
  ['this network', '0.0.0.0'],
  ['this network, another address', '0.1.2.3'],
  ['loopback', '127.0.0.1'],
  ['loopback, another address', '127.255.255.254'],
  ['private 10/8', '10.0.0.1'],
  ['private 172.16/12', '172.31.255.255'],
  ['private 192.168/16', '192.168.1.1'],
  ['shared address space', '100.64.0.1'],
  ['the metadata address of Alibaba', '100.100.100.200'],
  ['link-local', '169.254.0.1'],
  ['the metadata address of most clouds', '169.254.169.254'],
  ['the task metadata of ECS', '169.254.170.2'],
  ['the platform address of Azure', '168.63.129.16'],
  ['protocol assignments', '192.0.0.192'],
  ['documentation 192.0.2/24', '192.0.2.1'],
  ['documentation 198.51.100/24', '198.51.100.7'],
  ['documentation 203.0.113/24', '203.0.113.9'],
  ['the 6to4 relay anycast', '192.88.99.1'],
  ['benchmarking', '198.19.0.1'],
  ['multicast', '224.0.0.1'],
  ['multicast, administrative', '239.255.255.250'],
  ['reserved 240/4', '250.1.1.1'],
  ['broadcast', '255.255.255.255'],
  ['unspecified v6', '::'],
  ['loopback v6', '::1'],
  ['loopback v6, written out', '0:0:0:0:0:0:0:1'],
  ['mapped loopback', '::ffff:127.0.0.1'],
  ['mapped loopback in hex', '::ffff:7f00:1'],
  ['a mapped public address', '::ffff:93.184.215.14'],
  ['compatible loopback', '::127.0.0.1'],
  ['translated (RFC 6145)', '::ffff:0:127.0.0.1'],
  ['NAT64 of a private address', '64:ff9b::10.0.0.1'],
  ['NAT64, local prefix', '64:ff9b:1::a00:1'],
  ['6to4 of loopback', '2002:7f00:1::1'],
  ['6to4 of a private address', '2002:a00:1::'],
  ['Teredo', '2001:0:4136:e378:8000:63bf:3fff:fdd2'],
  ['ISATAP of a private address', '2606:4700::5efe:a00:1'],
  ['ISATAP of a public interface', '2606:4700::200:5efe:a00:1'],
  ['unique local', 'fd00::1'],
  ['the metadata address of AWS, v6', 'fd00:ec2::254'],
  ['link-local v6', 'fe80::1'],
  ['link-local v6 with a zone', 'fe80::1%eth0'],
  ['site-local', 'fec0::1'],
  ['multicast v6', 'ff02::1'],
  ['documentation v6', '2001:db8::1'],
  ['documentation v6, new', '3fff::1'],
  ['discard', '100::1'],
  ['benchmarking v6', '2001:2::1'],
  ['ORCHID', '2001:20::1'],
  ['segment routing', '5f00::1'],
  ['not given out yet', '4000::1'],
];

/** URLs whose text alone says no. */
const REFUSED_URLS: ReadonlyArray<readonly [name: string, url: string]> = [
  ['http', 'http://hooks.acme.com/x'],
  ['another scheme', 'gopher://hooks.acme.com/x'],
  ['a file', 'file:///etc/passwd'],
  ['data', 'data:text/plain,x'],
  ['user information', 'https://user:pass@hooks.acme.com/'],
  ['a host behind an at sign', 'https://hooks.acme.com@127.0.0.1/'],
  ['an empty user', 'https://@hooks.acme.com/'],
  ['another port', 'https://hooks.acme.com:8443/'],
  ['the port of Redis', 'https://hooks.acme.com:6379/'],
  ['an IPv4 address', 'https://93.184.215.14/'],
  ['loopback', 'https://127.0.0.1/'],
  ['loopback, short', 'https://127.1/'],
  ['loopback as one number', 'https://2130706433/'],
  ['loopback in hex', 'https://0x7f000001/'],
  ['loopback in octal', 'https://0177.0.0.1/'],
  ['loopback, mixed', 'https://0x7f.0.1/'],
  ['loopback with a dot at the end', 'https://127.0.0.1./'],
  ['zero', 'https://0/'],
  ['loopback v6', 'https://[::1]/'],
  ['mapped loopback', 'https://[::ffff:127.0.0.1]/'],
  ['a public v6 address', 'https://[2606:4700::1111]/'],
  ['full-width digits', 'https://１２７.０.０.１/'],
  ['circled digits', 'https://①②⑦.⓪.⓪.①/'],
  ['an ideographic full stop', 'https://127。0。0。1/'],
  ['percent signs in the host', 'https://%6c%6f%63%61%6chost/'],
  ['a percent-encoded dot', 'https://127%2e0%2e0%2e1/'],
  ['localhost', 'https://localhost/'],
  ['below localhost', 'https://x.localhost/'],
  ['localhost with a dot at the end', 'https://localhost./'],
  ['a name with a dot at the end', 'https://hooks.acme.com./'],
  ['one label', 'https://redis/'],
  ['a name of the metadata service', 'https://metadata.google.internal/'],
  ['a name of the cluster', 'https://kubernetes.default.svc/'],
  ['a name of the cluster, written out', 'https://admin.pokt-portal.svc.cluster.local/'],
  ['a name of the home network', 'https://router.home.arpa/'],
  ['multicast DNS', 'https://printer.local/'],
  ['reserved for tests', 'https://hooks.test/'],
  ['an internationalised name, not in ASCII', 'https://bücher.example.com/'],
  ['a backslash', 'https:\\\\hooks.acme.com\\x'],
  ['a backslash before the at sign', 'https://hooks.acme.com\\@127.0.0.1/'],
  ['a tab inside', 'https://loc\talhost/'],
  ['a line break', 'https://hooks.acme.com/\r\nHost: x'],
  ['a fragment', 'https://hooks.acme.com/#@127.0.0.1/'],
  ['one slash', 'https:/hooks.acme.com/'],
  ['no slashes', 'https:hooks.acme.com'],
  ['no host', 'https:///x'],
  ['an underscore', 'https://a_b.acme.com/'],
  ['a label that is too long', `https://${'a'.repeat(64)}.acme.com/`],
  ['a name that ends in a number', 'https://acme.1/'],
  ['too long', `https://hooks.acme.com/${'a'.repeat(2_048)}`],
];

function fakeSocket(remoteAddress: string): Socket & { destroyed: boolean } {
  const socket = Object.assign(new EventEmitter(), {
    remoteAddress,
    destroyed: false,
    destroy: () => void (socket.destroyed = true),
  });
  return socket as unknown as Socket & { destroyed: boolean };
}

/** Connects through the guard with a resolver of this script; gives back what would have been connected to. */
async function connect(
  url: string,
  resolve: HostResolver,
  overrides: Partial<Parameters<typeof guardedConnector>[0]> = {},
) {
  const seen: buildConnector.Options[] = [];
  const connector: Connector = (target, callback) => {
    seen.push(target);
    callback(null, fakeSocket(target.hostname) as never);
  };
  const guarded = guardedConnector({ policy: EGRESS_POLICY_DEFAULT, resolve, connector, ...overrides });
  const { hostname, host, protocol, port } = new URL(url);
  const error = await new Promise<Error | null>((done) => {
    guarded({ hostname, host, protocol, port }, (...[failed]: Parameters<buildConnector.Callback>) => done(failed));
  });
  return { error, seen };
}

describe('an address', () => {
  it.each(FORBIDDEN)('is refused: %s', (_name, address) => {
    expect(addressFault(address)).not.toBeNull();
  });

  it.each([PUBLIC, '1.1.1.1', '172.32.0.1', '100.128.0.1', '2606:4700::1111', '2a00:1450:4001:81b::200e'])(
    'of the public internet passes: %s',
    (address) => expect(addressFault(address)).toBeNull(),
  );

  it.each(['127.1', '2130706433', '0x7f000001', 'localhost', '', '1.2.3.4/24', '[::1]'])(
    'in any form but the plain one is refused: %s',
    (address) => expect(addressFault(address)).toBe('no plain address'),
  );
});

describe('a webhook’s URL', () => {
  it.each(REFUSED_URLS)('is refused when it is saved: %s', (_name, url) => {
    expect(() => parseWebhookUrl(url)).toThrow(WebhookUrlError);
  });

  it.each([
    'https://hooks.acme.com/in?token=x%20y',
    'https://HOOKS.Acme.com:443/',
    'https://xn--bcher-kva.example.com/',
    'https://a.b.c.d.acme.io',
  ])('passes: %s', (url) => expect(parseWebhookUrl(url).protocol).toBe('https:'));

  it('may have a port that the operator allows', () => {
    expect(parseWebhookUrl('https://hooks.acme.com:8443/', { ports: [443, 8443], loopbackHosts: [] }).port).toBe(
      '8443',
    );
  });

  it('reaches a listed loopback host, and no other one', () => {
    const policy = { ports: [443], loopbackHosts: ['127.0.0.1'] };
    expect(parseWebhookUrl('http://127.0.0.1:9000/x', policy).port).toBe('9000');
    expect(() => parseWebhookUrl('http://127.0.0.2:9000/x', policy)).toThrow(WebhookUrlError);
    expect(() => parseWebhookUrl('http://localhost:9000/x', policy)).toThrow(WebhookUrlError);
    expect(() => parseWebhookUrl('ftp://127.0.0.1/x', policy)).toThrow(WebhookUrlError);
  });

  it('is never repeated in the error, for it may hold a token', () => {
    expect(() => parseWebhookUrl('https://localhost/secret-token')).toThrow(/^(?!.*secret-token)/);
  });
});

describe('a connection', () => {
  it.each(FORBIDDEN)('is refused when the name leads to: %s', async (_name, address) => {
    const { error, seen } = await connect('https://hooks.acme.com/', async () => [address]);
    expect(error).toBeInstanceOf(EgressRefusedError);
    expect(seen).toEqual([]);
  });

  it.each(FORBIDDEN)('is refused when one answer of several is: %s', async (_name, address) => {
    const { error, seen } = await connect('https://hooks.acme.com/', async () => [PUBLIC, address]);
    expect(error).toBeInstanceOf(EgressRefusedError);
    expect(seen).toEqual([]);
  });

  // Whatever the URL standard makes of these, nothing is connected to, even where saving did not refuse them.
  it.each(REFUSED_URLS.filter(([, url]) => URL.canParse(url) && new URL(url).hostname !== ''))(
    'is refused or goes to a public address only: %s',
    async (_name, url) => {
      const { seen } = await connect(url, async (name) => (name.includes('acme') ? [PUBLIC] : ['127.0.0.1']));
      expect(seen.filter(({ hostname }) => addressFault(hostname) !== null)).toEqual([]);
    },
  );

  it('goes to the address that was checked, with the name for TLS', async () => {
    const { error, seen } = await connect('https://hooks.acme.com/', async () => [PUBLIC]);
    expect(error).toBeNull();
    expect(seen).toMatchObject([{ hostname: PUBLIC, servername: 'hooks.acme.com', protocol: 'https:' }]);
  });

  it('gains nothing from a name that resolves differently each time', async () => {
    const answers = [[PUBLIC], ['127.0.0.1'], [PUBLIC], ['10.0.0.1']];
    const resolve = vi.fn<HostResolver>(async () => answers.shift() ?? []);
    const outcomes = [];
    for (let n = 0; n < 5; n += 1) outcomes.push(await connect('https://rebind.acme.com/', resolve));
    // One question per connection: what was checked is what is connected to.
    expect(resolve).toHaveBeenCalledTimes(5);
    expect(outcomes.map(({ seen }) => seen.map(({ hostname }) => hostname))).toEqual([[PUBLIC], [], [PUBLIC], [], []]);
  });

  it('tries the next checked address when one does not answer', async () => {
    const tried: string[] = [];
    const connector: Connector = (target, callback) => {
      tried.push(target.hostname);
      if (tried.length === 1) callback(new Error('refused'), null);
      else callback(null, fakeSocket(target.hostname) as never);
    };
    const { error } = await connect('https://hooks.acme.com/', async () => [PUBLIC, '1.1.1.1'], { connector });
    expect(error).toBeNull();
    expect(tried).toEqual([PUBLIC, '1.1.1.1']);
  });

  it('is dropped when it met another peer than it was made to', async () => {
    const socket = fakeSocket('10.0.0.9');
    const connector: Connector = (_target, callback) => callback(null, socket as never);
    const { error } = await connect('https://hooks.acme.com/', async () => [PUBLIC], { connector });
    expect(error).toBeInstanceOf(EgressRefusedError);
    expect(socket.destroyed).toBe(true);
  });

  it('is never made in the clear, nor to an address in place of a name', async () => {
    for (const url of ['http://hooks.acme.com/', 'https://[::1]/', 'https://127.0.0.1/', 'https://169.254.169.254/']) {
      const { error, seen } = await connect(url, async () => [PUBLIC]);
      expect(error).toBeInstanceOf(EgressRefusedError);
      expect(seen).toEqual([]);
    }
  });

  it('fails with the resolver', async () => {
    const { error } = await connect('https://hooks.acme.com/', async () => Promise.reject(new Error('SERVFAIL')));
    expect(error?.message).toBe('SERVFAIL');
  });
});
