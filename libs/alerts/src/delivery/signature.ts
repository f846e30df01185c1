import { createHmac, randomBytes } from 'node:crypto';

/** Bytes of a secret: the bounds of the standard-webhooks specification. */
const SECRET_BYTES = { min: 24, made: 32, max: 64 };
const PREFIX = 'whsec_';

/** A new signing secret: `whsec_` and 32 random bytes in base64. */
export function newWebhookSecret(random: (size: number) => Buffer = randomBytes): string {
  return `${PREFIX}${random(SECRET_BYTES.made).toString('base64')}`;
}

/** True for `whsec_` and 24 to 64 bytes in canonical base64. */
export function isWebhookSecret(text: string): boolean {
  const encoded = text.slice(PREFIX.length);
  const key = Buffer.from(encoded, 'base64');
  return (
    text.startsWith(PREFIX) &&
    key.toString('base64') === encoded &&
    key.length >= SECRET_BYTES.min &&
    key.length <= SECRET_BYTES.max
  );
}

/**
 * The `webhook-signature` of a message (standard-webhooks, symmetric): `v1,` and the base64 HMAC-SHA-256 of
 * `<id>.<timestamp>.<body>`, once per secret, separated by spaces. During a rotation there are two.
 *
 * @param timestampS seconds since 1970, as `webhook-timestamp` states them
 */
export function webhookSignature(secrets: readonly string[], id: string, timestampS: number, body: string): string {
  return secrets
    .map((secret) => {
      const key = Buffer.from(secret.slice(PREFIX.length), 'base64');
      const mac = createHmac('sha256', key).update(`${id}.${timestampS}.${body}`).digest('base64');
      return `v1,${mac}`;
    })
    .join(' ');
}
