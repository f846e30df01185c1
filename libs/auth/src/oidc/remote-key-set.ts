import { type CryptoKey, type JWK, type JWTHeaderParameters, createLocalJWKSet, errors } from 'jose';
import { z } from 'zod';
import { IssuerUnavailableError } from './issuer-unavailable-error.js';

/** Where the key of a token comes from. */
export interface KeySource {
  /** The public key that a header names; null when there is none. @throws IssuerUnavailableError */
  keyFor(header: JWTHeaderParameters): Promise<CryptoKey | null>;
}

/** How a {@link RemoteKeySet} works; defaults suit the usual issuers. */
export interface RemoteKeySetOptions {
  readonly issuer: string;
  /** Default: the runtime's. */
  readonly fetch?: typeof fetch;
  /** Milliseconds since any fixed instant; default `performance.now`. */
  readonly clock?: () => number;
  /** Shortest pause between two attempts, whatever tokens arrive and however an attempt ended. */
  readonly cooldownMs?: number;
  /** Age at which keys are fetched anew. */
  readonly freshMs?: number;
  /** Age up to which keys serve while the issuer does not answer. */
  readonly staleMs?: number;
  readonly timeoutMs?: number;
}

const BYTES_MAX = 256 * 1_024;
const KEYS_MAX = 100;

const discoverySchema = z.object({ issuer: z.string(), jwks_uri: z.url({ protocol: /^https?$/ }) });
const jwksSchema = z.object({ keys: z.array(z.looseObject({ kty: z.string() })) });

/**
 * The keys of an issuer by OIDC discovery. At most one attempt (discovery and keys: two requests) runs at a time and begins at most
 * every `cooldownMs`, so neither a storm of unknown key ids nor an issuer's outage becomes a storm at the issuer.
 */
export class RemoteKeySet implements KeySource {
  private readonly issuer: string;
  private readonly fetch: typeof fetch;
  private readonly clock: () => number;
  private readonly cooldownMs: number;
  private readonly freshMs: number;
  private readonly staleMs: number;
  private readonly timeoutMs: number;
  private held: { readonly select: ReturnType<typeof createLocalJWKSet>; readonly at: number } | null = null;
  private triedAt = -Infinity;
  private running: Promise<void> | null = null;

  constructor(options: RemoteKeySetOptions) {
    this.issuer = options.issuer;
    this.fetch = options.fetch ?? fetch;
    this.clock = options.clock ?? (() => performance.now());
    this.cooldownMs = options.cooldownMs ?? 30_000;
    this.freshMs = options.freshMs ?? 600_000;
    this.staleMs = options.staleMs ?? 86_400_000;
    this.timeoutMs = options.timeoutMs ?? 5_000;
  }

  async keyFor(header: JWTHeaderParameters): Promise<CryptoKey | null> {
    if (this.ageMs() >= this.freshMs) await this.refresh();
    if (this.held === null || this.ageMs() >= this.staleMs) throw new IssuerUnavailableError(this.issuer);
    const known = await select(this.held.select, header);
    if (known !== null) return known;
    // A key id that we do not know may be newer than our keys.
    await this.refresh();
    return select(this.held.select, header);
  }

  private ageMs(): number {
    return this.held === null ? Infinity : this.clock() - this.held.at;
  }

  private refresh(): Promise<void> {
    if (this.running !== null) return this.running;
    const now = this.clock();
    if (now - this.triedAt < this.cooldownMs) return Promise.resolve();
    this.triedAt = now;
    this.running = this.load()
      .then((keys) => {
        this.held = { select: createLocalJWKSet({ keys }), at: this.clock() };
      })
      // What is held goes on serving until it is stale.
      .catch(() => undefined)
      .finally(() => {
        this.running = null;
      });
    return this.running;
  }

  private async load(): Promise<JWK[]> {
    const base = this.issuer.replace(/\/$/, '');
    const discovery = discoverySchema.parse(await this.json(`${base}/.well-known/openid-configuration`));
    if (discovery.issuer !== this.issuer) throw new Error('The discovery document is another issuer’s.');
    const isDowngrade = this.issuer.startsWith('https:') && !discovery.jwks_uri.startsWith('https:');
    if (isDowngrade) throw new Error('The keys are not behind https.');
    const { keys } = jwksSchema.parse(await this.json(discovery.jwks_uri));
    return keys.filter(isPublicSigningKey).slice(0, KEYS_MAX);
  }

  private async json(url: string): Promise<unknown> {
    const response = await this.fetch(url, {
      headers: { accept: 'application/json' },
      redirect: 'error',
      signal: AbortSignal.timeout(this.timeoutMs),
    });
    if (!response.ok || response.body === null) {
      await response.body?.cancel();
      throw new Error(`The issuer answered ${response.status}.`);
    }
    const parts: Uint8Array[] = [];
    let length = 0;
    for await (const part of response.body) {
      length += part.byteLength;
      if (length > BYTES_MAX) throw new Error('The issuer’s answer is too long.');
      parts.push(part);
    }
    return JSON.parse(Buffer.concat(parts).toString('utf8')) as unknown;
  }
}

/** Symmetric keys have no place in a published set, and encryption keys sign nothing. */
function isPublicSigningKey(key: { readonly kty: string; readonly use?: unknown }): boolean {
  return ['RSA', 'EC', 'OKP'].includes(key.kty) && (key.use === undefined || key.use === 'sig');
}

async function select(
  from: ReturnType<typeof createLocalJWKSet>,
  header: JWTHeaderParameters,
): Promise<CryptoKey | null> {
  try {
    return await from(header);
  } catch (error) {
    // None, several without a key id, or one that cannot be a key: all the same to whoever brings the token.
    if (error instanceof errors.JOSEError || error instanceof TypeError || error instanceof DOMException) return null;
    throw error;
  }
}
