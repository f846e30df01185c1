import type { EndpointRules, KeyRules } from '#libs/policy';
import type { Aat } from '#libs/protocol';
import type { Pool } from 'pg';
import { type PlanLimits, planDailyRelays } from '../plans/plan-limits.js';
import { type PlanRules, compilePlan } from '../plans/plan-rules.js';
import { CLOSED_REASON } from '../domain/tenant-state.js';
import { type EndpointState, dailyRelaysMax } from './endpoint-snapshot.js';

/** A live key and the endpoint it opens. */
export interface KeyRow {
  readonly keyId: string;
  readonly endpointId: string;
  readonly rules: KeyRules | null;
  readonly expiresAt: Date | null;
}

const KEY_COLUMNS = 'key_id AS "keyId", endpoint_id AS "endpointId", rules, expires_at AS "expiresAt"';
const LIVE = 'revoked_at IS NULL AND (expires_at IS NULL OR expires_at > now())';

/** The key with this HMAC, unless it does not exist, is revoked or past its end. */
export async function keyByHash(pool: Pool, hash: Buffer): Promise<KeyRow | null> {
  const { rows } = await pool.query<KeyRow>({
    name: 'tenancy-key-by-hash',
    text: `SELECT ${KEY_COLUMNS} FROM tenancy.api_keys WHERE hash = $1 AND ${LIVE}`,
    values: [hash],
  });
  return rows[0] ?? null;
}

/** Those of `keyIds` that still open something. */
export async function liveKeys(pool: Pool, keyIds: readonly string[]): Promise<Map<string, KeyRow>> {
  const { rows } = await pool.query<KeyRow>(
    `SELECT ${KEY_COLUMNS} FROM tenancy.api_keys WHERE key_id = ANY($1::uuid[]) AND ${LIVE}`,
    [keyIds],
  );
  return new Map(rows.map((row) => [row.keyId, row]));
}

interface EndpointRow {
  endpointId: string;
  tenantId: string;
  status: 'active' | 'suspended';
  suspendedReason: string | null;
  answerStyle: 'wallet' | 'strict';
  verifyInline: boolean;
  readQuorum: number;
  chains: string[] | null;
  rules: EndpointRules | null;
  secretHash: string | null;
  planId: string;
  planName: string;
  planLimits: PlanLimits;
  tenantStakedUpokt: string;
  applications: Array<{
    applicationId: string;
    publicKeyHex: string;
    addressHex: string;
    aat: Aat;
    chains: string[];
    stakedUpokt: string;
    inForce: boolean;
  }>;
}

/** The present state of those of `endpointIds` that exist. One statement, so each state is of one instant. */
export async function endpointStates(
  pool: Pool,
  endpointIds: readonly string[],
  relaysPerPoktPerDay: number,
): Promise<Map<string, EndpointState>> {
  const { rows } = await pool.query<EndpointRow>({
    name: 'tenancy-endpoint-states',
    text: `
      SELECT e.endpoint_id AS "endpointId", e.tenant_id AS "tenantId",
             CASE WHEN t.status = 'suspended' OR t.delete_at IS NOT NULL THEN 'suspended' ELSE e.status END AS status,
             CASE WHEN t.delete_at IS NOT NULL THEN '${CLOSED_REASON}'
                  ELSE COALESCE(t.suspended_reason, e.suspended_reason) END AS "suspendedReason",
             e.answer_style AS "answerStyle", e.verify_inline AS "verifyInline", e.read_quorum AS "readQuorum", e.chains, e.rules, e.secret_hash AS "secretHash",
             p.plan_id AS "planId", p.name AS "planName", p.limits AS "planLimits",
             (SELECT COALESCE(sum(s.staked_upokt), 0)::text FROM tenancy.applications s
               WHERE s.tenant_id = e.tenant_id AND s.stake_status = 'staked') AS "tenantStakedUpokt",
             COALESCE((
               SELECT jsonb_agg(jsonb_build_object(
                        'applicationId', a.application_id, 'publicKeyHex', a.public_key, 'addressHex', a.address,
                        'aat', a.aat, 'chains', a.chains, 'stakedUpokt', a.staked_upokt::text,
                        'inForce', a.stake_status = 'staked') ORDER BY a.application_id)
                 FROM tenancy.endpoint_applications ea JOIN tenancy.applications a USING (application_id)
                WHERE ea.endpoint_id = e.endpoint_id), '[]') AS applications
        FROM tenancy.endpoints e JOIN tenancy.tenants t USING (tenant_id) JOIN tenancy.plans p USING (plan_id)
       WHERE e.endpoint_id = ANY($1::uuid[])`,
    values: [endpointIds],
  });
  return new Map(rows.map((row) => [row.endpointId, toState(row, relaysPerPoktPerDay)]));
}

function toState(row: EndpointRow, relaysPerPoktPerDay: number): EndpointState {
  return Object.freeze({
    endpointId: row.endpointId,
    tenantId: row.tenantId,
    planId: row.planId,
    plan: planOf(row),
    status: row.status,
    suspendedReason: row.suspendedReason,
    answerStyle: row.answerStyle,
    verifyInline: row.verifyInline,
    readQuorum: row.readQuorum,
    chains: row.chains === null ? null : new Set(row.chains),
    rules: row.rules === null && row.secretHash === null ? null : { ...row.rules, secretHash: row.secretHash },
    applications: row.applications.map((application) =>
      Object.freeze({
        applicationId: application.applicationId,
        publicKeyHex: application.publicKeyHex,
        addressHex: application.addressHex,
        // jsonb does not keep the order of fields, and the order of an AAT's is part of its hash.
        aat: Object.freeze({
          version: application.aat.version,
          app_pub_key: application.aat.app_pub_key,
          client_pub_key: application.aat.client_pub_key,
          signature: application.aat.signature,
        }),
        chains: Object.freeze(application.chains),
        stakedUpokt: BigInt(application.stakedUpokt),
        dailyRelaysMax: planDailyRelays({
          stakeRelays: dailyRelaysMax(BigInt(application.stakedUpokt), relaysPerPoktPerDay, application.inForce),
          stakedUpokt: BigInt(application.stakedUpokt),
          tenantStakedUpokt: BigInt(row.tenantStakedUpokt),
          limits: row.planLimits,
        }),
        active: application.inForce,
      }),
    ),
  });
}

const PLANS_KEPT_MAX = 1_000;
const compiledPlans = new Map<string, PlanRules | null>();

/** One object per state of a plan, however many endpoints are under it. */
function planOf({ planName, planLimits }: EndpointRow): PlanRules | null {
  const key = `${planName}\n${JSON.stringify(planLimits)}`;
  const known = compiledPlans.get(key);
  if (known !== undefined) return known;
  if (compiledPlans.size >= PLANS_KEPT_MAX) compiledPlans.clear();
  const compiled = compilePlan(planName, planLimits);
  compiledPlans.set(key, compiled);
  return compiled;
}

/** Notes that these keys were used within the last interval; never moves a time backwards. */
export async function markKeysUsed(pool: Pool, keyIds: readonly string[]): Promise<void> {
  await pool.query(
    `UPDATE tenancy.api_keys SET last_used_at = now()
      WHERE key_id = ANY($1::uuid[]) AND (last_used_at IS NULL OR last_used_at < now())`,
    [keyIds],
  );
}
