import { createHmac, createPublicKey, randomUUID } from 'node:crypto';
import { SignJWT, exportJWK, generateKeyPair, importJWK } from 'jose';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Harness, startHarness } from './admin-harness.js';
import { type SignedIn, join, newTenant, signedIn } from './identity-actors.js';
import { AUDIENCE, type TestIssuer, startTestIssuer } from './identity-issuer.js';

let harness: Harness;
let issuer: TestIssuer;
let sql: pg.Client;
let tenantId: string;
let other: string;
let owner: SignedIn;
let serviceToken: string;

beforeAll(async () => {
  issuer = await startTestIssuer();
  harness = await startHarness({
    ADMIN_BUILT_IN_SIGN_IN: 'on',
    ADMIN_OIDC_ISSUERS: JSON.stringify([issuer.settings]),
  });
  sql = new pg.Client({ connectionString: harness.config.DATABASE_URL });
  await sql.connect();
  tenantId = await newTenant(harness);
  other = await newTenant(harness, 'Canary tenant');
  owner = await join(harness, tenantId, 'owner');
  const made = await harness.post(`/v1/tenants/${tenantId}/tokens`, { name: 'x', scopes: ['tenants:write'] });
  serviceToken = String(made.body['token']);
});

afterAll(async () => {
  await sql?.end();
  await harness?.stop();
  await issuer?.stop();
});

const OPERATOR = { sub: 'boss', groups: ['pokt-operator'] };
const json = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const nowS = (): number => Math.floor(Date.now() / 1_000);
const claims = (more: object = {}): object => ({
  iss: issuer.url,
  aud: AUDIENCE,
  iat: nowS(),
  exp: nowS() + 300,
  ...OPERATOR,
  ...more,
});
const withParts = (token: string, change: (parts: string[]) => string[]): string => change(token.split('.')).join('.');

/** Each way to come by a token that must open nothing. Every one but for its one fault would be an operator's or an owner's. */
const FORGED: Readonly<Record<string, () => Promise<string> | string>> = {
  'alg none, without a signature': () => `${json({ alg: 'none', typ: 'JWT' })}.${json(claims())}.`,
  'alg none, with the old signature': async () =>
    withParts(await issuer.sign(OPERATOR), ([, body = '', signature = '']) => [
      json({ alg: 'none', typ: 'JWT', kid: issuer.publicJwk.kid }),
      body,
      signature,
    ]),
  'alg NoNe': () => `${json({ alg: 'NoNe', typ: 'JWT' })}.${json(claims())}.AA`,
  'HS256 with the public key as PEM for its secret': () => {
    const pem = createPublicKey({ key: { ...issuer.publicJwk }, format: 'jwk' }).export({
      type: 'spki',
      format: 'pem',
    });
    const signed = `${json({ alg: 'HS256', typ: 'JWT', kid: issuer.publicJwk.kid })}.${json(claims())}`;
    return `${signed}.${createHmac('sha256', pem).update(signed).digest('base64url')}`;
  },
  'HS256 with the public JWK for its secret': () => {
    const signed = `${json({ alg: 'HS256', typ: 'JWT', kid: issuer.publicJwk.kid })}.${json(claims())}`;
    return `${signed}.${createHmac('sha256', JSON.stringify(issuer.publicJwk)).update(signed).digest('base64url')}`;
  },
  'an algorithm that the issuer is not allowed': async () => {
    const { privateKey } = await generateKeyPair('ES384');
    return issuer.sign(OPERATOR, { alg: 'ES384' }, privateKey);
  },
  'another issuer': () => issuer.sign({ ...OPERATOR, iss: 'https://evil.example.com' }),
  'the issuer with a slash more': () => issuer.sign({ ...OPERATOR, iss: `${issuer.url}/` }),
  'the issuer as a list': () => `${json({ alg: 'ES256', typ: 'JWT' })}.${json(claims({ iss: [issuer.url] }))}.AA`,
  'the built-in issuer’s name on a foreign signature': () =>
    issuer.sign(
      { sub: 'operator', iss: harness.config.ADMIN_PUBLIC_URL, aud: harness.config.ADMIN_PUBLIC_URL },
      { typ: 'at+jwt' },
    ),
  'another audience': () => issuer.sign({ ...OPERATOR, aud: 'another-api' }),
  'no audience': () => issuer.sign({ ...OPERATOR, aud: undefined }),
  expired: () => issuer.sign({ ...OPERATOR, iat: nowS() - 600, exp: nowS() - 30 }),
  'not valid yet': () => issuer.sign({ ...OPERATOR, nbf: nowS() + 120 }),
  'issued in the future': () => issuer.sign({ ...OPERATOR, iat: nowS() + 120, exp: nowS() + 400 }),
  'no end': () => issuer.sign({ ...OPERATOR, exp: undefined }),
  'an end as text': () => issuer.sign({ ...OPERATOR, exp: String(nowS() + 300) }),
  'no time of issue': () => issuer.sign({ ...OPERATOR, iat: undefined }),
  'a life of ten years': () => issuer.sign({ ...OPERATOR, exp: nowS() + 315_360_000 }),
  'no subject': () => issuer.sign({ ...OPERATOR, sub: undefined }),
  'an empty subject': () => issuer.sign({ ...OPERATOR, sub: '' }),
  'an unknown key id': () => issuer.sign(OPERATOR, { kid: 'nobody’s' }),
  'a key id that is a path': () => issuer.sign(OPERATOR, { kid: '../../../../dev/null' }),
  'the right key id, another key': async () => issuer.sign(OPERATOR, {}, (await generateKeyPair('ES256')).privateKey),
  'its own key in jwk': async () => {
    const pair = await generateKeyPair('ES256', { extractable: true });
    return issuer.sign(OPERATOR, { jwk: await exportJWK(pair.publicKey) }, pair.privateKey);
  },
  'its own key set in jku': async () => {
    const { privateKey } = await generateKeyPair('ES256');
    return issuer.sign(OPERATOR, { jku: 'https://evil.example.com/keys', kid: 'evil' }, privateKey);
  },
  'its own certificate in x5u': async () => {
    const { privateKey } = await generateKeyPair('ES256');
    return issuer.sign(OPERATOR, { x5u: 'https://evil.example.com/cert' }, privateKey);
  },
  'a right signature and a jku beside it': () => issuer.sign(OPERATOR, { jku: 'https://evil.example.com/keys' }),
  'a critical extension that nobody knows': () =>
    issuer.sign(OPERATOR, { crit: ['https://example.com/must'], 'https://example.com/must': true }),
  'a type that is no access token’s': () => issuer.sign(OPERATOR, { typ: 'logout+jwt' }),
  'no type': () => issuer.sign(OPERATOR, { typ: undefined }),
  'a claim changed after signing': async () =>
    withParts(await issuer.sign({ sub: 'nobody' }), ([header = '', , signature = '']) => [
      header,
      json(claims()),
      signature,
    ]),
  'no signature': async () => withParts(await issuer.sign(OPERATOR), ([header = '', body = '']) => [header, body, '']),
  'two parts': async () => withParts(await issuer.sign(OPERATOR), (parts) => parts.slice(0, 2)),
  'cut off by a character': async () => (await issuer.sign(OPERATOR)).slice(0, -1),
  'five parts': async () => withParts(await issuer.sign(OPERATOR), (parts) => [...parts, ...parts.slice(1)]),
  'a part twice': async () => withParts(await issuer.sign(OPERATOR), ([a = '', b = '', c = '']) => [a, b, b, c]),
  'another spelling of the same signature': async () => {
    const token = await issuer.sign(OPERATOR);
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    const last = alphabet.indexOf(token.at(-1) ?? '');
    // The last of 86 characters has four spare bits.
    return `${token.slice(0, -1)}${alphabet[last ^ 1] ?? ''}`;
  },
  'padding behind it': async () => `${await issuer.sign(OPERATOR)}==`,
  'a tab within': async () => (await issuer.sign(OPERATOR)).replace('.', '.\t'),
  'a space within': async () => (await issuer.sign(OPERATOR)).replace('.', '. '),
  'letters beyond ASCII': async () => (await issuer.sign(OPERATOR)).replace('e', '\u00e9'),
  'a header that is no object': async () =>
    withParts(await issuer.sign(OPERATOR), ([, b = '', c = '']) => [json([1]), b, c]),
  'claims that are no JSON': async () =>
    withParts(await issuer.sign(OPERATOR), ([a = '', , c = '']) => [
      a,
      Buffer.from('{"iss":').toString('base64url'),
      c,
    ]),
  'nine kilobytes': () => issuer.sign({ ...OPERATOR, more: 'x'.repeat(9_000) }),
  'a refresh token': () => owner.refreshToken,
  'the built-in issuer’s key id with a foreign key': async () => {
    const { keys } = (await harness.ask('/.well-known/jwks.json', { token: null })).body as { keys: [{ kid: string }] };
    const { privateKey } = await generateKeyPair('EdDSA');
    return new SignJWT({ sid: randomUUID() })
      .setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt', kid: keys[0].kid })
      .setIssuer(harness.config.ADMIN_PUBLIC_URL)
      .setAudience(harness.config.ADMIN_PUBLIC_URL)
      .setSubject('operator')
      .setIssuedAt()
      .setExpirationTime('5m')
      .sign(privateKey);
  },
  'a published key used as a private one': async () => {
    const { keys } = (await harness.ask('/.well-known/jwks.json', { token: null })).body as {
      keys: [{ kid: string; x: string }];
    };
    const d = keys[0].x;
    const key = await importJWK({ kty: 'OKP', crv: 'Ed25519', x: keys[0].x, d }, 'EdDSA').catch(() => null);
    return key === null || key instanceof Uint8Array
      ? 'the key is refused'
      : new SignJWT({ sid: randomUUID() })
          .setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt', kid: keys[0].kid })
          .setIssuer(harness.config.ADMIN_PUBLIC_URL)
          .sign(key)
          .catch(() => 'the key is refused');
  },
  'another person’s claims on an owner’s session': () =>
    withParts(owner.accessToken, ([header = '', body = '', signature = '']) => {
      const inside = JSON.parse(Buffer.from(body, 'base64url').toString('utf8')) as object;
      return [header, json({ ...inside, sub: 'operator' }), signature];
    }),
  'a service token with a character changed': () =>
    serviceToken.replace(/^st_(.)/, (_w, c: string) => `st_${c === 'a' ? 'b' : 'a'}`),
  'a service token in other letters': () => serviceToken.toUpperCase(),
  'an API key’s prefix on a service token': () => serviceToken.replace('st_', 'pk_'),
  'an invitation': async () =>
    String(
      (await harness.post(`/v1/tenants/${tenantId}/invitations`, { email: 'x@example.com', role: 'owner' })).body[
        'token'
      ],
    ),
};

describe('a forged token', () => {
  it('is known in at least twenty kinds', () => {
    expect(Object.keys(FORGED).length).toBeGreaterThanOrEqual(20);
  });

  it.each(Object.keys(FORGED))('opens nothing and learns nothing: %s', async (kind) => {
    const token = (await FORGED[kind]?.()) ?? '';
    for (const path of ['/v1/me', '/v1/tenants', `/v1/tenants/${other}`]) {
      const headers = { authorization: `Bearer ${Buffer.from(token, 'utf8').toString('latin1')}` };
      const reply = await harness.ask(path, { token: null, headers });
      expect({ path, status: reply.status, text: reply.text.slice(0, 80) }).toMatchObject({ path, status: 401 });
      expect(reply.body).toMatchObject({ code: 'unauthenticated', detail: 'Unauthorized' });
      expect(reply.text).not.toContain('Canary');
    }
    expect(harness.logLines.some((line) => token.length > 40 && line.includes(token))).toBe(false);
  });

  it('differs from the true one by its fault alone: without it the door opens', async () => {
    expect((await harness.ask(`/v1/tenants/${other}`, { token: await issuer.sign(OPERATOR) })).status).toBe(200);
    expect((await harness.ask(`/v1/tenants/${tenantId}`, { token: owner.accessToken })).status).toBe(200);
    expect((await harness.ask(`/v1/tenants/${tenantId}`, { token: serviceToken })).status).toBe(200);
  });
});

describe('a true token', () => {
  it('of another tenant meets 404, of a lesser claim 403, of a removed member 404', async () => {
    expect((await harness.ask(`/v1/tenants/${other}`, { token: owner.accessToken })).status).toBe(404);
    expect((await harness.ask(`/v1/tenants/${other}`, { token: serviceToken })).status).toBe(404);
    const support = await issuer.sign({ sub: 's', groups: ['pokt-support'] });
    expect(
      (await harness.ask(`/v1/tenants/${other}/suspend`, { method: 'POST', body: { reason: 'x' }, token: support }))
        .status,
    ).toBe(403);
    // Only a verified address makes an operator.
    const unverified = await issuer.sign({ sub: 'b', email: 'boss@example.com', email_verified: false });
    expect((await harness.ask(`/v1/tenants/${other}`, { token: unverified })).status).toBe(404);
    const verified = await issuer.sign({ sub: 'b', email: 'Boss@example.com', email_verified: true });
    expect((await harness.ask(`/v1/tenants/${other}`, { token: verified })).status).toBe(200);
    const gone = await join(harness, tenantId, 'developer');
    await harness.post(`/v1/tenants/${tenantId}/members/${gone.userId}/remove`);
    expect((await harness.ask(`/v1/tenants/${tenantId}`, { token: gone.accessToken })).status).toBe(404);
  });

  it('ends with its session, and a refresh token that comes twice ends the session', async () => {
    const person = await join(harness, tenantId, 'developer');
    const refresh = (refreshToken: string) =>
      harness.ask('/v1/auth/token', { method: 'POST', body: { grant: 'refresh', refreshToken }, token: null });
    const next = await refresh(person.refreshToken);
    expect(next.status).toBe(200);
    expect((await harness.ask('/v1/me', { token: person.accessToken })).status).toBe(200);
    expect((await refresh(person.refreshToken)).status).toBe(401);
    for (const token of [person.accessToken, String(next.body['accessToken'])]) {
      expect((await harness.ask('/v1/me', { token })).status).toBe(401);
    }
    expect((await refresh(String(next.body['refreshToken']))).status).toBe(401);

    const second = await join(harness, tenantId, 'developer');
    await harness.post('/v1/auth/sign-out', {}, { token: second.accessToken });
    expect((await harness.ask('/v1/me', { token: second.accessToken })).status).toBe(401);
    expect((await refresh(second.refreshToken)).status).toBe(401);
  });

  it('gives one answer when one refresh token comes ten times at once', async () => {
    const person = await join(harness, tenantId, 'developer');
    const body = { grant: 'refresh', refreshToken: person.refreshToken };
    const replies = await Promise.all(
      Array.from({ length: 10 }, () => harness.ask('/v1/auth/token', { method: 'POST', body, token: null })),
    );
    expect(replies.filter(({ status }) => status === 200)).toHaveLength(1);
    expect((await harness.ask('/v1/me', { token: person.accessToken })).status).toBe(401);
  });

  it('of a sign-in code works once, for a person of the built-in issuer', async () => {
    const person = await join(harness, tenantId, 'developer');
    const { body } = await harness.post(`/v1/users/${person.userId}/sign-in-codes`);
    const again = await signedIn(harness, { grant: 'sign-in-code', code: body['code'] });
    expect(again.userId).toBe(person.userId);
    const grant = { grant: 'sign-in-code', code: body['code'] };
    expect((await harness.ask('/v1/auth/token', { method: 'POST', body: grant, token: null })).status).toBe(401);
    const foreign = await harness.ask('/v1/me', { token: await issuer.sign({ sub: 'foreign' }) });
    const { userId } = foreign.body['user'] as { userId: string };
    expect((await harness.ask(`/v1/users/${userId}/sign-in-codes`, { method: 'POST' })).status).toBe(404);
  });

  it('of an operator’s session ends when the bootstrap token changes', async () => {
    const session = await signedIn(harness, { grant: 'operator-token', token: harness.config.ADMIN_TOKEN });
    expect((await harness.ask('/v1/audit-entries', { token: session.accessToken })).status).toBe(200);
    await sql.query(`UPDATE identity.sessions SET operator_fingerprint = sha256('another token')
                      WHERE operator_fingerprint IS NOT NULL`);
    expect((await harness.ask('/v1/me', { token: session.accessToken })).status).toBe(401);
    const wrong = { grant: 'operator-token', token: `${harness.config.ADMIN_TOKEN}x` };
    expect((await harness.ask('/v1/auth/token', { method: 'POST', body: wrong, token: null })).status).toBe(401);
  });

  it('outlives a planned change of the signing key, and ends with a compromised one', async () => {
    const person = await join(harness, tenantId, 'developer');
    const status = async () => (await harness.ask('/v1/me', { token: person.accessToken })).status;
    await harness.post('/v1/auth/keys/rotate', {});
    expect(await status()).toBe(200);
    const { keys } = (await harness.ask('/.well-known/jwks.json', { token: null })).body as { keys: object[] };
    expect(keys).toHaveLength(2);
    expect(JSON.stringify(keys)).not.toContain('"d"');
    await harness.post('/v1/auth/keys/rotate', { compromised: true });
    expect(await status()).toBe(401);
    const next = await signedIn(harness, { grant: 'refresh', refreshToken: person.refreshToken });
    expect(next.userId).toBe(person.userId);
  });
});

describe('an issuer', () => {
  it('that rotates its keys is followed; its old key opens nothing once it is gone', async () => {
    const old = await issuer.sign({ sub: 'x' });
    const asked = issuer.requests();
    await issuer.rotate(false);
    // Within the cool-down of the look that the forged key ids brought about, nobody asks the issuer.
    const storm = await Promise.all(
      Array.from({ length: 40 }, async (_v, index) =>
        harness.ask('/v1/me', { token: await issuer.sign(OPERATOR, { kid: `storm-${index}` }) }),
      ),
    );
    expect(storm.every((reply) => reply.status === 401)).toBe(true);
    expect(issuer.requests() - asked).toBeLessThanOrEqual(2);
    expect(old.length).toBeGreaterThan(0);
  });
});
