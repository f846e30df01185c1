import { z } from 'zod';

/** Signature algorithms that an issuer may be allowed: public-key ones only. `none` and HMAC cannot be configured. */
export const JWT_ALGORITHMS = [
  'EdDSA',
  'Ed25519',
  'ES256',
  'ES384',
  'ES512',
  'PS256',
  'PS384',
  'PS512',
  'RS256',
  'RS384',
  'RS512',
] as const;

const claimName = z.string().min(1).max(200);

const people = z
  .strictObject({
    subjects: z.array(z.string().min(1).max(255)).max(1_000).default([]),
    /** Counted only when the issuer calls the address verified. */
    emails: z
      .array(z.email().transform((email) => email.toLowerCase()))
      .max(1_000)
      .default([]),
    /** A claim that is, or is a list that has, one of the values. */
    claim: z.strictObject({ name: claimName, values: z.array(z.string().min(1)).min(1).max(100) }).optional(),
  })
  .default({ subjects: [], emails: [] });

/** True for https, and for http on this machine: keys that travel in the clear can be exchanged on the way. */
function isSafe(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return protocol === 'https:' || ['127.0.0.1', 'localhost', '[::1]'].includes(hostname);
}

/** A foreign issuer whose tokens are believed. */
export const oidcIssuerSchema = z.strictObject({
  issuer: z
    .url({ protocol: /^https?$/ })
    .refine(isSafe, 'must be https')
    .describe('exactly as in `iss`'),
  audience: z.string().min(1).max(500),
  algorithms: z.array(z.enum(JWT_ALGORITHMS)).min(1).default(['RS256', 'ES256', 'EdDSA']),
  types: z
    .array(z.enum(['JWT', 'at+jwt', 'absent']))
    .min(1)
    .default(['JWT', 'at+jwt']),
  clockToleranceS: z.int().min(0).max(60).default(5),
  lifetimeMaxS: z.int().min(60).max(604_800).default(86_400),
  claims: z
    .strictObject({
      email: claimName.default('email'),
      emailVerified: claimName.default('email_verified'),
      name: claimName.default('name'),
    })
    .default({ email: 'email', emailVerified: 'email_verified', name: 'name' }),
  operators: people,
  support: people,
});

/** The settings of one issuer. */
export type OidcIssuer = z.output<typeof oidcIssuerSchema>;

/** Several issuers, as JSON text; each `issuer` once. */
export const oidcIssuersText = z
  .string()
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      context.addIssue({ code: 'custom', message: 'must be a JSON array' });
      return z.NEVER;
    }
  })
  .pipe(
    z
      .array(oidcIssuerSchema)
      .max(20)
      .refine((all) => new Set(all.map(({ issuer }) => issuer)).size === all.length, 'names an issuer twice'),
  );
