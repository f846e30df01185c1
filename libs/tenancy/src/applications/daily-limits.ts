import type { SqlExecutor } from '#libs/persistence';
import { type PlanLimits, planDailyRelays } from '../plans/plan-limits.js';
import { dailyRelaysMax } from '../snapshot/endpoint-snapshot.js';

/** What an application may spend on a UTC day, and through which endpoints. */
export interface ApplicationDailyLimit {
  readonly tenantId: string;
  readonly applicationId: string;
  readonly name: string;
  /** Endpoints that spend from it. */
  readonly endpointIds: readonly string[];
  /** Relays a day in force now; 0 while the stake is not. */
  readonly relaysMax: number;
}

/**
 * The daily limits in force for every application of these tenants. One statement, so all of them are of one instant. Whatever else comes to
 * bound an application's day is applied here, so that alerts and gateways speak of the same limit.
 */
export async function dailyLimitsOf(
  sql: SqlExecutor,
  tenantIds: readonly string[],
  relaysPerPoktPerDay: number,
): Promise<ApplicationDailyLimit[]> {
  const rows = await sql.query<
    Array<
      Omit<ApplicationDailyLimit, 'relaysMax'> & {
        stakedUpokt: string;
        tenantStakedUpokt: string;
        inForce: boolean;
        limits: PlanLimits;
      }
    >
  >(
    `SELECT a.tenant_id AS "tenantId", a.application_id AS "applicationId", a.name,
            ARRAY(SELECT ea.endpoint_id::text FROM tenancy.endpoint_applications ea
                   WHERE ea.application_id = a.application_id ORDER BY 1) AS "endpointIds",
            a.staked_upokt::text AS "stakedUpokt", a.stake_status = 'staked' AS "inForce", p.limits,
            (SELECT COALESCE(sum(s.staked_upokt), 0)::text FROM tenancy.applications s
              WHERE s.tenant_id = a.tenant_id AND s.stake_status = 'staked') AS "tenantStakedUpokt"
       FROM tenancy.applications a JOIN tenancy.tenants t USING (tenant_id) JOIN tenancy.plans p USING (plan_id)
      WHERE a.tenant_id = ANY($1::uuid[]) ORDER BY a.application_id`,
    [tenantIds],
  );
  return rows.map(({ stakedUpokt, tenantStakedUpokt, inForce, limits, ...row }) => ({
    ...row,
    relaysMax: planDailyRelays({
      stakeRelays: dailyRelaysMax(BigInt(stakedUpokt), relaysPerPoktPerDay, inForce),
      stakedUpokt: BigInt(stakedUpokt),
      tenantStakedUpokt: BigInt(tenantStakedUpokt),
      limits,
    }),
  }));
}
