import { generateKeyPair, keyPairFromPrivateKey } from '#libs/protocol';
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const privateKeyHex = z.string().regex(/^[0-9a-f]{128}$/);

const schema = z.object({
  gatewayClientPrivateKey: privateKeyHex,
  settlerPrivateKey: privateKeyHex,
  treasuryPrivateKey: privateKeyHex,
  apiKeyPepper: z.string().min(32),
  applicationKeysKek: z.string().regex(/^[0-9a-f]{64}$/),
  alertsKek: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
  adminToken: z.string().min(32),
  postgresPassword: z.string().min(16),
  redisPassword: z.string().min(16),
});

/** Secrets of one data directory, with what follows from them. */
export type Secrets = z.infer<typeof schema> & {
  readonly alertsKek: string;
  readonly gatewayClientPublicKey: string;
  readonly settlerPublicKey: string;
  readonly treasuryAddress: string;
};

/**
 * The secrets of `directory`, made on the first call and the same ever after: the ledger's genesis names these keys, and
 * stored API keys and sealed application keys can only be read with this pepper and this KEK.
 */
export function readOrCreateSecrets(directory: string): Secrets {
  const file = join(directory, 'secrets.json');
  if (!existsSync(file)) {
    const hex = (bytes: number): string => randomBytes(bytes).toString('hex');
    const made: z.infer<typeof schema> = {
      gatewayClientPrivateKey: generateKeyPair().privateKeyHex,
      settlerPrivateKey: generateKeyPair().privateKeyHex,
      treasuryPrivateKey: generateKeyPair().privateKeyHex,
      apiKeyPepper: hex(32),
      applicationKeysKek: hex(32),
      alertsKek: hex(32),
      adminToken: `admin_${hex(24)}`,
      postgresPassword: hex(16),
      redisPassword: hex(16),
    };
    writeFileSync(`${file}.new`, `${JSON.stringify(made, null, 2)}\n`, { mode: 0o600, flush: true });
    renameSync(`${file}.new`, file);
  }
  const kept = schema.parse(JSON.parse(readFileSync(file, 'utf8')));
  return {
    ...kept,
    // A directory made before there were alerts has none; its key must stay the same all the same.
    alertsKek: kept.alertsKek ?? createHash('sha256').update(`alerts ${kept.applicationKeysKek}`).digest('hex'),
    gatewayClientPublicKey: keyPairFromPrivateKey(kept.gatewayClientPrivateKey).publicKeyHex,
    settlerPublicKey: keyPairFromPrivateKey(kept.settlerPrivateKey).publicKeyHex,
    treasuryAddress: keyPairFromPrivateKey(kept.treasuryPrivateKey).addressHex,
  };
}
