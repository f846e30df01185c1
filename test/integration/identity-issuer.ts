import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { type CryptoKey, type JWK, SignJWT, exportJWK, generateKeyPair } from 'jose';

/** An issuer on loopback whose every word the test chooses: it serves discovery and keys, and signs whatever it is told to. */
export interface TestIssuer {
  readonly url: string;
  /** For `ADMIN_OIDC_ISSUERS`. */
  readonly settings: Record<string, unknown>;
  readonly privateKey: CryptoKey;
  readonly publicJwk: JWK;
  /** Requests that it had. */
  requests(): number;
  /** Answers 503 from now on, or works again. */
  fail(isFailing: boolean): void;
  /** A token that is in order, but for what is given. `undefined` leaves a claim out. */
  sign(claims: Readonly<Record<string, unknown>>, header?: Record<string, unknown>, key?: CryptoKey): Promise<string>;
  /** Publishes a new key beside the old ones, or in their stead. */
  rotate(keepOld: boolean): Promise<void>;
  stop(): Promise<void>;
}

export const AUDIENCE = 'pokt-portal';

/** Starts it. */
export async function startTestIssuer(): Promise<TestIssuer> {
  const made = async (kid: string) => {
    const pair = await generateKeyPair('ES256', { extractable: true });
    return {
      privateKey: pair.privateKey,
      jwk: { ...(await exportJWK(pair.publicKey)), kid, use: 'sig', alg: 'ES256' },
    };
  };
  let current = await made('key-1');
  let published: JWK[] = [current.jwk];
  let [asked, isFailing] = [0, false];
  const server = createServer((request, response) => {
    asked += 1;
    if (isFailing) return void response.writeHead(503).end();
    response.setHeader('content-type', 'application/json');
    const isDiscovery = request.url === '/.well-known/openid-configuration';
    response.end(JSON.stringify(isDiscovery ? { issuer: url, jwks_uri: `${url}/keys` } : { keys: published }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    settings: {
      issuer: url,
      audience: AUDIENCE,
      algorithms: ['ES256'],
      operators: { subjects: [], emails: ['boss@example.com'], claim: { name: 'groups', values: ['pokt-operator'] } },
      support: { subjects: [], emails: [], claim: { name: 'groups', values: ['pokt-support'] } },
    },
    get privateKey() {
      return current.privateKey;
    },
    get publicJwk() {
      return current.jwk;
    },
    requests: () => asked,
    fail: (failing) => {
      isFailing = failing;
    },
    sign: (claims, header = {}, key = current.privateKey) => {
      const now = Math.floor(Date.now() / 1_000);
      const payload = { iss: url, aud: AUDIENCE, sub: 'somebody', iat: now, exp: now + 300, ...claims };
      return new SignJWT(payload)
        .setProtectedHeader({ alg: 'ES256', typ: 'JWT', kid: current.jwk.kid, ...header })
        .sign(key, { crit: { 'https://example.com/must': true } });
    },
    rotate: async (keepOld) => {
      const next = await made(`key-${published.length + 1}-${keepOld}`);
      published = keepOld ? [...published, next.jwk] : [next.jwk];
      current = next;
    },
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
