#!/usr/bin/env node
// Prints a .env with fresh secrets for docker-compose.yml: node scripts/make-env.mjs > .env
import { createHash, generateKeyPairSync, randomBytes } from 'node:crypto';

/** A Pocket key: private key (seed and public key, 128 hex digits), public key, address. */
function pocketKey() {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const seed = Buffer.from(privateKey.export({ format: 'jwk' }).d, 'base64url');
  const point = Buffer.from(publicKey.export({ format: 'jwk' }).x, 'base64url');
  return {
    privateKeyHex: Buffer.concat([seed, point]).toString('hex'),
    publicKeyHex: point.toString('hex'),
    addressHex: createHash('sha256').update(point).digest('hex').slice(0, 40),
  };
}

const client = pocketKey();
const treasury = pocketKey();
const settler = pocketKey();
const values = {
  POSTGRES_PASSWORD: randomBytes(16).toString('hex'),
  GATEWAY_CLIENT_PRIVATE_KEY: client.privateKeyHex,
  GATEWAY_CLIENT_PUBLIC_KEY: client.publicKeyHex,
  TREASURY_PRIVATE_KEY: treasury.privateKeyHex,
  TREASURY_ADDRESS: treasury.addressHex,
  SETTLER_PRIVATE_KEY: settler.privateKeyHex,
  SETTLER_PUBLIC_KEY: settler.publicKeyHex,
  API_KEY_PEPPER: randomBytes(32).toString('hex'),
  APPLICATION_KEYS_KEK: randomBytes(32).toString('hex'),
  ALERTS_KEK: randomBytes(32).toString('hex'),
  ADMIN_TOKEN: `admin_${randomBytes(24).toString('hex')}`,
};
for (const [name, value] of Object.entries(values)) console.log(`${name}=${value}`);
