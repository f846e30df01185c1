import type { SqlExecutor } from '#libs/persistence';

/** One thing of a tenant. `type` says what; no line holds a secret, a hash of one, or a sealed key. */
export interface ExportLine {
  readonly type: string;
  readonly [field: string]: unknown;
}

/** Rows that are held in memory at once. */
const BATCH_ROWS = 500;

/** What is exported of each table: the columns by name, so that a column made later stays inside until somebody decides. */
const SECTIONS: ReadonlyArray<readonly [type: string, table: string, key: string, columns: string]> = [
  [
    'tenant',
    'tenancy.tenants',
    'tenant_id',
    'tenant_id, name, status, suspended_reason, contact_email, notice, deletion_requested_at, delete_at, created_at, updated_at, version',
  ],
  [
    'application',
    'tenancy.applications',
    'application_id',
    'application_id, name, source, public_key, address, aat, chains, provisioning, requested_upokt, staked_upokt, max_relays, stake_status, ledger_height, created_at, updated_at, version',
  ],
  [
    'endpoint',
    'tenancy.endpoints',
    'endpoint_id',
    'endpoint_id, name, status, suspended_reason, answer_style, verify_inline, chains, rules, created_at, updated_at, version',
  ],
  [
    'endpoint-application',
    'tenancy.endpoint_applications',
    `endpoint_id::text || application_id`,
    'endpoint_id, application_id',
  ],
  [
    'key',
    'tenancy.api_keys',
    'key_id',
    'key_id, endpoint_id, name, prefix, rules, expires_at, replaces_key_id, created_at, revoked_at, last_used_at, version',
  ],
  [
    'token',
    'tenancy.service_tokens',
    'token_id',
    'token_id, name, prefix, scopes, created_at, expires_at, revoked_at, last_used_at, version',
  ],
  ['setting', 'tenancy.settings', 'setting_id', 'setting_id, name, value, updated_at'],
  ['plan-assignment', 'tenancy.plan_assignments', 'from_day', 'plan_id, from_day, assigned_at'],
  ['member', 'identity.memberships', 'user_id', 'user_id, role, created_at, updated_at, version'],
  [
    'invitation',
    'identity.invitations',
    'invitation_id',
    'invitation_id, email, role, invited_by, created_at, expires_at, accepted_at, accepted_by, revoked_at',
  ],
  [
    'audit-entry',
    'tenancy.audit_entries',
    'entry_id',
    'entry_id, at, actor, action, subject_type, subject_id, request_id, before, after',
  ],
];

/**
 * Everything that the control plane knows of a tenant, as lines in a stable order. Memory is that of one batch.
 *
 * @param sql a transaction that sees one snapshot and the tenant's rows.
 */
export async function* tenantLines(sql: SqlExecutor, tenantId: string): AsyncGenerator<ExportLine> {
  for (const [type, table, key, columns] of SECTIONS) {
    const present = await presentColumns(sql, table, columns);
    if (present.length === 0 || (/^\w+$/.test(key) && !present.includes(key))) continue;
    let after: string | null = null;
    for (;;) {
      const rows: Array<{ line: Record<string, unknown>; position: string }> = await sql.query(
        `SELECT jsonb_build_object(${present.map((column) => `'${camelCase(column)}', ${column}`).join(', ')}) AS line, (${key})::text AS position
           FROM ${table} WHERE tenant_id = $1 ${after === null ? '' : `AND (${key}) > ${cast(key)}`}
          ORDER BY ${key} LIMIT ${BATCH_ROWS}`,
        after === null ? [tenantId] : [tenantId, after],
      );
      for (const { line } of rows) yield { type, ...line };
      const last = rows.at(-1);
      if (rows.length < BATCH_ROWS || last === undefined) break;
      after = last.position;
    }
  }
}

/** Some tables and columns belong to parts that an installation may not have yet. */
async function presentColumns(sql: SqlExecutor, table: string, columns: string): Promise<string[]> {
  const wanted = columns.split(',').map((column) => column.trim());
  const rows = await sql.query<Array<{ name: string }>>(
    `SELECT attname AS name FROM pg_attribute WHERE attrelid = to_regclass($1) AND attnum > 0 AND NOT attisdropped`,
    [table],
  );
  const found = new Set(rows.map(({ name }) => name));
  return wanted.filter((column) => found.has(column));
}

function cast(key: string): string {
  if (key === 'entry_id') return '$2::bigint';
  if (key === 'from_day') return '$2::date';
  return key.includes('||') ? '$2' : '$2::uuid';
}

function camelCase(column: string): string {
  return column.replaceAll(/_([a-z])/g, (_whole, letter: string) => letter.toUpperCase());
}
