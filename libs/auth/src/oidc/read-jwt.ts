import { JWT_ALGORITHMS } from './issuer-settings.js';

/** Longest credential looked at, characters. */
export const TOKEN_LENGTH_MAX = 8_192;

const SHAPE = /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/;

/** Header members by which a token would bring its own key or change how it is read. */
const REFUSED = ['jku', 'jwk', 'x5u', 'x5c', 'crit', 'b64', 'zip', 'enc'] as const;

/** What a token says of itself before anything is proved. */
export interface UnprovenJwt {
  readonly header: { readonly alg: string; readonly kid?: string; readonly typ?: string };
  readonly issuer: string;
}

/**
 * Reads header and issuer of a compact JWS; null unless it is one: three parts in canonical base64url, an allowed kind of
 * algorithm, and no member that names a key. Proves nothing.
 */
export function readJwt(token: string): UnprovenJwt | null {
  if (token.length > TOKEN_LENGTH_MAX || !SHAPE.test(token)) return null;
  const parts = token.split('.');
  if (!parts.every(isCanonical)) return null;
  const [header, claims] = [objectOf(parts[0]), objectOf(parts[1])];
  if (header === null || claims === null) return null;
  if (REFUSED.some((name) => Object.hasOwn(header, name))) return null;
  const { alg, kid, typ } = header;
  if (typeof alg !== 'string' || !JWT_ALGORITHMS.some((allowed) => allowed === alg)) return null;
  if (!isOptionalText(kid) || !isOptionalText(typ) || typeof claims['iss'] !== 'string') return null;
  return {
    header: { alg, ...(kid === undefined ? {} : { kid }), ...(typ === undefined ? {} : { typ }) },
    issuer: claims['iss'],
  };
}

/** One spelling for each token: spare bits at a part's end would give a refused token second lives. */
function isCanonical(part: string): boolean {
  return Buffer.from(part, 'base64url').toString('base64url') === part;
}

function objectOf(part: string | undefined): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(
      new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(part ?? '', 'base64url')),
    );
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null;
  } catch {
    return null;
  }
}

function isOptionalText(value: unknown): value is string | undefined {
  return value === undefined || (typeof value === 'string' && value.length <= 500);
}
