import { type CryptoKey, type JWK, type JWTHeaderParameters, exportJWK, generateKeyPair, importJWK } from 'jose';
import {
  type MutationContext,
  Mutations,
  RecordSealer,
  ScopedDatabase,
  UnsealError,
  runInScope,
  uuidV7,
} from '#libs/tenancy';
import type { EntityManager } from 'typeorm';
import type { KeySource } from '../oidc/remote-key-set.js';

/** The algorithm of the built-in issuer, with curve Ed25519. */
export const BUILT_IN_ALGORITHM = 'EdDSA';

/** Age at which a key is replaced. */
const ROTATE_AFTER = '30 days';
/** How long a replaced key still proves the tokens that it signed: longer than any of them lives. */
const RETIRES_AFTER = '1 hour';

const SYSTEM = { kind: 'operator', actor: 'system:built-in-issuer' } as const;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** A key that signs. */
export interface SigningKey {
  readonly keyId: string;
  readonly privateKey: CryptoKey;
}

/**
 * The built-in issuer's keys, sealed in PostgreSQL: every process of the admin API signs with the same, and a key that is
 * retired is believed by none from then on. A key that the present key-encryption key does not open is replaced.
 */
export class SigningKeys implements KeySource {
  constructor(
    private readonly database: ScopedDatabase,
    private readonly mutations: Mutations,
    private readonly sealer: RecordSealer,
  ) {}

  /** The key to sign with; makes the first, and replaces one that is due. */
  async current(): Promise<SigningKey> {
    const found = await this.newest();
    if (found !== null) return found;
    await runInScope(SYSTEM, () =>
      this.database.transaction(async (manager) => {
        await manager.query(`SELECT pg_advisory_xact_lock(hashtext('identity.signing_keys'))`);
        // Another process may have made it while this one waited.
        if ((await this.open(manager)) === null) await this.replace(manager, RETIRES_AFTER);
      }),
    );
    const made = await this.newest();
    if (made === null) throw new Error('A signing key was made and is not there.');
    return made;
  }

  /**
   * Replaces the key by a new one.
   * @param isCompromised the old keys' tokens end now, instead of living on to their own end.
   */
  async rotate(context: MutationContext, isCompromised: boolean): Promise<{ readonly keyId: string }> {
    const { answer } = await this.mutations.run(context, async (manager) => {
      await manager.query(`SELECT pg_advisory_xact_lock(hashtext('identity.signing_keys'))`);
      const keyId = await this.replace(manager, isCompromised ? '0' : RETIRES_AFTER);
      const audit = {
        tenantId: null,
        action: 'signing-key.rotate',
        subjectType: 'signing-key',
        subjectId: keyId,
        before: null,
        after: { keyId, isCompromised },
      };
      return { answer: { keyId }, audit };
    });
    return answer;
  }

  /** The public keys of every token that may be believed, as a JWK set has them. */
  async published(): Promise<JWK[]> {
    await this.current();
    const rows = await runInScope(SYSTEM, () =>
      this.database.query<Array<{ jwk: JWK }>>(
        `SELECT public_jwk AS jwk FROM identity.signing_keys
          WHERE retired_at IS NULL OR retired_at > now() ORDER BY key_id DESC`,
      ),
    );
    return rows.map(({ jwk }) => jwk);
  }

  async keyFor({ kid = '' }: JWTHeaderParameters): Promise<CryptoKey | null> {
    if (!UUID.test(kid)) return null;
    const [row] = await runInScope(SYSTEM, () =>
      this.database.query<Array<{ jwk: JWK }>>(
        `SELECT public_jwk AS jwk FROM identity.signing_keys
          WHERE key_id = $1 AND (retired_at IS NULL OR retired_at > now())`,
        [kid],
      ),
    );
    return row === undefined ? null : keyOf(row.jwk);
  }

  private newest(): Promise<SigningKey | null> {
    return runInScope(SYSTEM, () => this.database.read((manager) => this.open(manager)));
  }

  private async open(manager: EntityManager): Promise<SigningKey | null> {
    const [row] = await manager.query<Array<{ keyId: string; sealed: Buffer }>>(
      `SELECT key_id AS "keyId", sealed_key AS sealed FROM identity.signing_keys
        WHERE retired_at IS NULL AND created_at > now() - interval '${ROTATE_AFTER}' ORDER BY key_id DESC LIMIT 1`,
    );
    if (row === undefined) return null;
    try {
      const bytes = this.sealer.open(row.sealed, sealContext(row.keyId));
      const privateKey = await keyOf(JSON.parse(bytes.toString('utf8')) as JWK);
      bytes.fill(0);
      return { keyId: row.keyId, privateKey };
    } catch (error) {
      if (error instanceof UnsealError) return null;
      throw error;
    }
  }

  private async replace(manager: EntityManager, retiresAfter: string): Promise<string> {
    const keyId = uuidV7();
    const pair = await generateKeyPair(BUILT_IN_ALGORITHM, { crv: 'Ed25519', extractable: true });
    const publicJwk = { ...(await exportJWK(pair.publicKey)), kid: keyId, use: 'sig', alg: BUILT_IN_ALGORITHM };
    const bytes = Buffer.from(JSON.stringify(await exportJWK(pair.privateKey)), 'utf8');
    const sealed = this.sealer.seal(bytes, sealContext(keyId));
    bytes.fill(0);
    await manager.query(`UPDATE identity.signing_keys SET retired_at = LEAST(retired_at, now() + $1::interval)`, [
      retiresAfter,
    ]);
    await manager.query(`INSERT INTO identity.signing_keys (key_id, public_jwk, sealed_key) VALUES ($1, $2, $3)`, [
      keyId,
      JSON.stringify(publicJwk),
      sealed,
    ]);
    return keyId;
  }
}

function sealContext(keyId: string): string {
  return `signing-key|${keyId}`;
}

async function keyOf(jwk: JWK): Promise<CryptoKey> {
  const key = await importJWK(jwk, BUILT_IN_ALGORITHM);
  if (key instanceof Uint8Array) throw new Error('A signing key is no key pair.');
  return key;
}
