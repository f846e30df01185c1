import { ScopedDatabase, runInScope, uuidV7 } from '#libs/tenancy';
import type { EntityManager } from 'typeorm';
import type { TenantRole } from '../permissions.js';
import type { Person } from '../principal.js';

/** `users.issuer` of people who signed in with the built-in issuer: no URL, so no foreign issuer can claim them. */
export const BUILT_IN = 'built-in';

/** A person and his tenants. */
export interface KnownPerson {
  readonly person: Person;
  readonly memberships: ReadonlyMap<string, TenantRole>;
}

/** What an issuer says of a person. */
export interface PersonClaims {
  readonly issuer: string;
  readonly subject: string;
  readonly email: string | null;
  readonly isEmailVerified: boolean;
  readonly name: string | null;
}

/** How often the last visit of a person is written at most. */
const SEEN_INTERVAL = '1 minute';

const AUTHENTICATION = { kind: 'operator', actor: 'system:authentication' } as const;

interface UserRow extends PersonClaims {
  readonly userId: string;
  readonly isStale: boolean;
}

const COLUMNS = `user_id AS "userId", issuer, subject, email, email_verified AS "isEmailVerified", name,
  last_seen_at < now() - interval '${SEEN_INTERVAL}' AS "isStale"`;

/** People as their issuers know them, each by issuer and subject; e-mail addresses identify nobody. */
export class People {
  constructor(private readonly database: ScopedDatabase) {}

  /** The person of a proved token; written down at the first visit, and whenever the issuer says something new. */
  ofClaims(claims: PersonClaims): Promise<KnownPerson> {
    return runInScope(AUTHENTICATION, () =>
      this.database.transaction(async (manager) => {
        const [found] = await manager.query<UserRow[]>(
          `SELECT ${COLUMNS} FROM identity.users WHERE issuer = $1 AND subject = $2`,
          [claims.issuer, claims.subject],
        );
        const isCurrent =
          found !== undefined &&
          !found.isStale &&
          found.email === claims.email &&
          found.isEmailVerified === claims.isEmailVerified &&
          found.name === claims.name;
        const row = isCurrent ? found : await write(manager, claims);
        return known(manager, row, null);
      }),
    );
  }

  /** The person of a session of the built-in issuer. */
  ofSession(userId: string, sessionId: string): Promise<KnownPerson | null> {
    return runInScope(AUTHENTICATION, () =>
      this.database.read(async (manager) => {
        const [row] = await manager.query<UserRow[]>(`SELECT ${COLUMNS} FROM identity.users WHERE user_id = $1`, [
          userId,
        ]);
        if (row === undefined) return null;
        if (row.isStale) {
          await manager.query(`UPDATE identity.users SET last_seen_at = now() WHERE user_id = $1`, [userId]);
        }
        return known(manager, row, sessionId);
      }),
    );
  }

  /** Names of tenants, for their members' own view. */
  async tenantNames(tenantIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const rows = await runInScope(AUTHENTICATION, () =>
      this.database.query<Array<{ tenantId: string; name: string }>>(
        `SELECT tenant_id AS "tenantId", name FROM tenancy.tenants WHERE tenant_id = ANY($1)`,
        [tenantIds],
      ),
    );
    return new Map(rows.map(({ tenantId, name }) => [tenantId, name]));
  }
}

/** Writes a person down, inside a transaction. */
export async function write(manager: EntityManager, claims: PersonClaims): Promise<UserRow> {
  const [row] = await manager.query<UserRow[]>(
    `INSERT INTO identity.users AS users (user_id, issuer, subject, email, email_verified, name)
     VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT (issuer, subject) DO UPDATE
       SET email = EXCLUDED.email, email_verified = EXCLUDED.email_verified, name = EXCLUDED.name, last_seen_at = now()
     RETURNING ${COLUMNS}`,
    [uuidV7(), claims.issuer, claims.subject, claims.email, claims.isEmailVerified, claims.name],
  );
  if (row === undefined) throw new Error('PostgreSQL wrote a person and returned none.');
  return row;
}

async function known(manager: EntityManager, row: UserRow, sessionId: string | null): Promise<KnownPerson> {
  const memberships = await manager.query<Array<{ tenantId: string; role: TenantRole }>>(
    `SELECT tenant_id AS "tenantId", role FROM identity.memberships WHERE user_id = $1 ORDER BY tenant_id`,
    [row.userId],
  );
  const { isStale: _isStale, ...person } = row;
  return {
    person: { ...person, sessionId },
    memberships: new Map(memberships.map(({ tenantId, role }) => [tenantId, role])),
  };
}
