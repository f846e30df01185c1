import { waitFor } from './wait-for.js';
import type { DemoTenant, Stack } from './stack.js';

/** One session of an application as each party counted it. */
export interface SessionCount {
  readonly sessionHeight: number;
  /** Relays that the nodes signed an answer to. */
  readonly answeredByNodes: number;
  /** Receipts the worker stored. */
  readonly receipts: number;
  /** Of them, answers that went to a client. */
  readonly billable: number;
  /** Relays in proven claims. */
  readonly proven: number;
  readonly mintedUpokt: bigint;
  /** Receipts that no claim covers, with the reason. */
  readonly unpaid: ReadonlyArray<{ readonly reason: string | null; readonly receipts: number }>;
}

/** The same relays as counted by everybody who counts. */
export interface Accounts {
  readonly sessions: readonly SessionCount[];
  readonly receipts: number;
  readonly billedByUsage: number;
  readonly proven: number;
  readonly mintedUpokt: bigint;
}

/** Waits until the worker holds every receipt and every session is settled or given up, then counts. */
export async function settledAccounts(stack: Stack, tenant: DemoTenant, timeoutMs = 120_000): Promise<Accounts> {
  await waitFor(
    'every session to be settled',
    async () => {
      const [left] = await stack.dataSource.query<[{ sessions: string; chunks: string }]>(
        `SELECT (SELECT count(*) FROM metering.sessions WHERE closed_at IS NULL AND application_id = $1) AS sessions,
                (SELECT count(*) FROM metering.sessions WHERE application_id = $1) AS chunks`,
        [tenant.applicationId],
      );
      return left.sessions === '0' && left.chunks !== '0';
    },
    timeoutMs,
    500,
  );
  return accounts(stack, tenant);
}

/** What each party has counted so far. */
export async function accounts(stack: Stack, tenant: DemoTenant): Promise<Accounts> {
  const rows = await stack.dataSource.query<
    Array<{
      session_height: string;
      application_public_key: string;
      receipts: string;
      billable: string;
      proven: string;
      minted: string;
      unpaid: Array<{ reason: string | null; receipts: number }> | null;
    }>
  >(
    `SELECT s.session_height, s.application_public_key, s.receipts,
            (SELECT sum(t.billable) FROM metering.session_tallies t
              WHERE (t.application_public_key, t.chain, t.session_height)
                  = (s.application_public_key, s.chain, s.session_height)) AS billable,
            coalesce(sum(x.claim_proofs) FILTER (WHERE x.state = 'settled'), 0) AS proven,
            coalesce(sum(x.minted_upokt), 0) AS minted,
            jsonb_agg(jsonb_build_object('reason', x.reason, 'receipts', x.receipts)) FILTER (WHERE x.state = 'unpaid') AS unpaid
       FROM metering.sessions s
       LEFT JOIN metering.settlements x USING (application_public_key, chain, session_height)
      WHERE s.application_id = $1
      GROUP BY s.session_height, s.application_public_key, s.chain, s.receipts
      ORDER BY s.session_height`,
    [tenant.applicationId],
  );
  const oracle = (await (await fetch(`${stack.rpcUrl}/v1/devnet/oracle`)).json()) as {
    counts: Array<{ sessionHeight: number; applicationPublicKey: string; answered: number }>;
  };
  const sessions = rows.map((row) => ({
    sessionHeight: Number(row.session_height),
    answeredByNodes: oracle.counts
      .filter(
        (count) =>
          count.sessionHeight === Number(row.session_height) &&
          count.applicationPublicKey === row.application_public_key,
      )
      .reduce((sum, count) => sum + count.answered, 0),
    receipts: Number(row.receipts),
    billable: Number(row.billable),
    proven: Number(row.proven),
    mintedUpokt: BigInt(row.minted),
    unpaid: row.unpaid ?? [],
  }));
  const [usage] = await stack.dataSource.query<[{ billed: string | null }]>(
    'SELECT sum(billable_relays) AS billed FROM metering.usage WHERE tenant_id = $1',
    [tenant.tenantId],
  );
  const total = (pick: (session: SessionCount) => number): number =>
    sessions.reduce((sum, each) => sum + pick(each), 0);
  return {
    sessions,
    receipts: total((session) => session.receipts),
    billedByUsage: Number(usage.billed ?? 0),
    proven: total((session) => session.proven),
    mintedUpokt: sessions.reduce((sum, session) => sum + session.mintedUpokt, 0n),
  };
}

/** The accounts as a table for people. */
export function describeAccounts(accountsToShow: Accounts): string {
  const lines = accountsToShow.sessions.map(
    (session) =>
      `session ${String(session.sessionHeight).padStart(4)}: nodes answered ${session.answeredByNodes}, receipts ${session.receipts}, ` +
      `billed ${session.billable}, proven ${session.proven}, minted ${session.mintedUpokt} uPOKT` +
      (session.unpaid.length ? `, unpaid ${JSON.stringify(session.unpaid)}` : ''),
  );
  return [
    ...lines,
    `total: receipts ${accountsToShow.receipts}, billed ${accountsToShow.billedByUsage}, proven ${accountsToShow.proven}, minted ${accountsToShow.mintedUpokt} uPOKT`,
  ].join('\n');
}

/** Resolves in the first block of a session, so that what follows at once shares it. */
export async function sessionStart(stack: Stack): Promise<void> {
  await waitFor('a session to begin', async () => (await height(stack)) % 4 === 1, 30_000, 50);
}

/** The network's newest height. */
export async function height(stack: Stack): Promise<number> {
  const response = await fetch(`${stack.rpcUrl}/v1/query/height`, { method: 'POST' });
  return ((await response.json()) as { height: number }).height;
}
