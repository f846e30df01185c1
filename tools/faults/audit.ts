import { decodeChunk } from '#libs/receipts';
import type { DataSource } from 'typeorm';

/** What the record says after a run, read from the receipts themselves and not from sums of them. */
export interface RecordedRelays {
  /** How often each request was billed, by the gateway's request id. */
  readonly billed: ReadonlyMap<string, { times: number; answeredAtMs: number }>;
  readonly receipts: number;
  /** Receipts of which another says the same relay. */
  readonly repeatedReceipts: number;
  /** Receipts by session height and application. */
  readonly bySession: ReadonlyMap<string, number>;
  /** Billed relays by application and UTC day. */
  readonly byApplicationDay: ReadonlyMap<string, number>;
}

/** Reads every stored chunk. */
export async function readReceipts(dataSource: DataSource): Promise<RecordedRelays> {
  const billed = new Map<string, { times: number; answeredAtMs: number }>();
  const seen = new Set<string>();
  const bySession = new Map<string, number>();
  const byApplicationDay = new Map<string, number>();
  let receipts = 0;
  let repeatedReceipts = 0;
  const ids = await dataSource.query<Array<{ chunk_id: string }>>('SELECT chunk_id FROM metering.chunks');
  for (const { chunk_id: chunkId } of ids) {
    const [blob] = await dataSource.query<[{ bytes: Buffer }?]>(
      'SELECT bytes FROM metering.chunk_blobs WHERE chunk_id = $1',
      [chunkId],
    );
    if (!blob) throw new Error(`Chunk ${chunkId} has no bytes.`);
    for (const receipt of decodeChunk(blob.bytes, chunkId)) {
      receipts += 1;
      const relay = `${receipt.nodePublicKeyHex}:${receipt.session.sessionHeight}:${receipt.entropy}`;
      if (seen.has(relay)) repeatedReceipts += 1;
      seen.add(relay);
      count(bySession, `${receipt.session.sessionHeight}/${receipt.session.applicationPublicKeyHex}`);
      if (!receipt.billable) continue;
      const bill = billed.get(receipt.requestId) ?? { times: 0, answeredAtMs: receipt.answeredAtMs };
      bill.times += 1;
      billed.set(receipt.requestId, bill);
      count(byApplicationDay, `${receipt.applicationId}/${receipt.day}`);
    }
  }
  return { billed, receipts, repeatedReceipts, bySession, byApplicationDay };
}

/** What usage and settlement made of the receipts. */
export interface Settled {
  readonly billedByUsage: number;
  readonly openSessions: number;
  /** Receipts of closed sessions. */
  readonly receipts: number;
  /** Receipts that settlements account for: proven or named with the reason why not. */
  readonly accounted: number;
  readonly proven: number;
  readonly mintedUpokt: bigint;
  /** Settlements whose reward is not that of their relays. */
  readonly wrongRewards: number;
  readonly notProven: Readonly<Record<string, number>>;
}

/** Sums of usage and settlements. */
export async function readSettled(dataSource: DataSource): Promise<Settled> {
  const [usage] = await dataSource.query<[{ billed: string }]>(
    'SELECT coalesce(sum(billable_relays), 0) AS billed FROM metering.usage',
  );
  const [sessions] = await dataSource.query<[{ open: string; receipts: string }]>(
    `SELECT count(*) FILTER (WHERE closed_at IS NULL) AS open,
            coalesce(sum(receipts) FILTER (WHERE closed_at IS NOT NULL), 0) AS receipts FROM metering.sessions`,
  );
  const [sums] = await dataSource.query<[Record<string, string>]>(
    `SELECT coalesce(sum(invalid_receipts), 0) AS invalid, coalesce(sum(duplicate_receipts), 0) AS duplicate,
            coalesce(sum(over_service_receipts), 0) AS "over allowance", coalesce(sum(late_receipts), 0) AS late,
            coalesce(sum(unproven_receipts), 0) AS unproven,
            coalesce(sum(claim_proofs) FILTER (WHERE state = 'settled'), 0) AS proven,
            coalesce(sum(minted_upokt), 0) AS minted,
            count(*) FILTER (WHERE minted_upokt <> CASE WHEN state = 'settled' THEN claim_proofs * 10000 ELSE 0 END) AS wrong
       FROM metering.settlements WHERE state IN ('settled', 'unpaid')`,
  );
  const { minted, wrong, proven, ...notProvenTexts } = sums;
  const notProven = Object.fromEntries(Object.entries(notProvenTexts).map(([name, text]) => [name, Number(text)]));
  return {
    billedByUsage: Number(usage.billed),
    openSessions: Number(sessions.open),
    receipts: Number(sessions.receipts),
    accounted: Number(proven) + Object.values(notProven).reduce((sum, each) => sum + each, 0),
    proven: Number(proven),
    mintedUpokt: BigInt(minted ?? '0'),
    wrongRewards: Number(wrong),
    notProven,
  };
}

/** What the nodes signed, as they counted it themselves. */
export interface NodesCount {
  readonly answered: number;
  /** By session height and application; the newest sessions only. */
  readonly bySession: ReadonlyMap<string, number>;
}

/** Asks the devnet's oracle. */
export async function readNodes(rpcUrl: string): Promise<NodesCount> {
  const oracle = (await (await fetch(`${rpcUrl}/v1/devnet/oracle`)).json()) as {
    totals: Array<{ answered: number }>;
    counts: Array<{ sessionHeight: number; applicationPublicKey: string; answered: number }>;
  };
  const bySession = new Map<string, number>();
  for (const line of oracle.counts) {
    count(bySession, `${line.sessionHeight}/${line.applicationPublicKey}`, line.answered);
  }
  return { answered: oracle.totals.reduce((sum, node) => sum + node.answered, 0), bySession };
}

/** uPOKT that the ledger's own record says it minted for claims. What devnet counts beside it lacks blocks whose commit nobody confirmed. */
export async function readMinted(dataSource: DataSource): Promise<bigint> {
  const [sum] = await dataSource.query<[{ minted: string }]>(
    `SELECT coalesce(sum(coins_upokt), 0) AS minted FROM ledger.settlements WHERE outcome = 'paid'`,
  );
  return BigInt(sum.minted);
}

function count(into: Map<string, number>, key: string, by = 1): void {
  into.set(key, (into.get(key) ?? 0) + by);
}
