import type { Aat } from '#libs/protocol';
import type { LedgerApplication, LedgerPort } from '#libs/ledger';
import type { SqlExecutor } from '#libs/persistence';

/** An application as the worker and the gateway's session prefetch need it. */
export interface DirectoryApplication {
  readonly applicationId: string;
  readonly tenantId: string;
  readonly publicKeyHex: string;
  readonly addressHex: string;
  readonly aat: Aat;
  /** Relay chain ids staked for. */
  readonly chains: readonly string[];
  readonly stakedUpokt: bigint;
  /** The protocol's allowance per session over all chains and nodes. */
  readonly maxRelays: bigint;
  readonly stakeStatus: StakeState;
}

/** The ledger's numbers 0, 1, 2 as words. */
export type StakeState = 'unstaked' | 'unstaking' | 'staked';

/** What {@link ApplicationDirectory.syncStake} did. */
export interface StakeSync {
  /** Height of the ledger that was compared with. */
  readonly height: number;
  readonly compared: number;
  /** Applications whose row changed, which also tells the gateways. */
  readonly changed: readonly string[];
}

interface Row {
  applicationId: string;
  tenantId: string;
  publicKeyHex: string;
  addressHex: string;
  aat: Aat;
  chains: string[];
  stakedUpokt: string;
  maxRelays: string;
  stakeStatus: StakeState;
}

const COLUMNS = `application_id AS "applicationId", tenant_id AS "tenantId", public_key AS "publicKeyHex",
  address AS "addressHex", aat, chains, staked_upokt::text AS "stakedUpokt", max_relays::text AS "maxRelays",
  stake_status AS "stakeStatus"`;

const STAKE_STATES: readonly StakeState[] = ['unstaked', 'unstaking', 'staked'];

/** How many ledger questions run at once. */
const LEDGER_CONCURRENCY = 8;

/** Reads across tenants for the system's own processes, and the comparison of stakes with the ledger. */
export class ApplicationDirectory {
  constructor(private readonly database: SqlExecutor) {}

  /** One application, or null. */
  async applicationById(applicationId: string): Promise<DirectoryApplication | null> {
    const rows = await this.database.query<Row[]>(
      `SELECT ${COLUMNS} FROM tenancy.applications WHERE application_id = $1`,
      [applicationId],
    );
    return rows[0] ? toApplication(rows[0]) : null;
  }

  /** Every application whose stake is in force, whose sessions are therefore worth fetching ahead. */
  async activeApplications(): Promise<DirectoryApplication[]> {
    const rows = await this.database.query<Row[]>(
      `SELECT ${COLUMNS} FROM tenancy.applications WHERE stake_status = 'staked' ORDER BY application_id`,
    );
    return rows.map(toApplication);
  }

  /**
   * Compares every application with the ledger and stores what differs: stake, status, allowance, chains.
   * Rows that are equal are not touched, so gateways hear only of changes. An answer older than the stored one is dropped.
   *
   * @throws the ledger's errors when it cannot be asked; what was stored until then stays.
   */
  async syncStake(ledger: LedgerPort): Promise<StakeSync> {
    const height = await ledger.height();
    const rows = await this.database.query<Array<{ applicationId: string; addressHex: string }>>(
      `SELECT application_id AS "applicationId", address AS "addressHex" FROM tenancy.applications ORDER BY application_id`,
    );
    const changed: string[] = [];
    const queue = rows.values();
    const drain = async (): Promise<void> => {
      for (const row of queue) {
        const found = await ledger.application(row.addressHex, height);
        if (await this.recordStake(row.applicationId, found, height)) changed.push(row.applicationId);
      }
    };
    await Promise.all(Array.from({ length: LEDGER_CONCURRENCY }, drain));
    return { height, compared: rows.length, changed: changed.toSorted() };
  }

  /**
   * Stores what the ledger said of one application at `height` (at least); true when the row changed.
   * `found` null: the ledger has no such application. Chains of an application that is gone are kept for the record.
   */
  async recordStake(
    applicationId: string,
    found: LedgerApplication | null,
    height: number,
    database: SqlExecutor = this.database,
  ): Promise<boolean> {
    const status = STAKE_STATES[found?.status ?? 0];
    const inForce = found !== null && status !== 'unstaked';
    const rows = await database.query<unknown[]>(
      `WITH changed AS (
         UPDATE tenancy.applications
            SET staked_upokt = $2::numeric, max_relays = $3::numeric, stake_status = $4,
                chains = COALESCE($5::text[], chains), ledger_height = $6::bigint, updated_at = now()
          WHERE application_id = $1 AND ledger_height <= $6::bigint
            AND (staked_upokt, max_relays, stake_status, chains)
                IS DISTINCT FROM ($2::numeric, $3::numeric, $4, COALESCE($5::text[], chains))
        RETURNING application_id)
       SELECT application_id FROM changed`,
      [
        applicationId,
        String(inForce ? found.stakedUpokt : 0n),
        String(inForce ? found.maxRelays : 0n),
        status,
        inForce && found.chains.length > 0 ? found.chains : null,
        height,
      ],
    );
    return rows.length > 0;
  }
}

function toApplication(row: Row): DirectoryApplication {
  const { version, app_pub_key, client_pub_key, signature } = row.aat;
  return {
    ...row,
    aat: { version, app_pub_key, client_pub_key, signature },
    stakedUpokt: BigInt(row.stakedUpokt),
    maxRelays: BigInt(row.maxRelays),
  };
}
