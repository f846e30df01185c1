import { createDataSource } from '#libs/persistence';
import { Settler, listSettlements } from '#libs/settlement';
import { CHAIN_ID, keyOf, openLedger } from '../network.js';

/** Height at which every proof of the session is in a block. */
const END_HEIGHT = 16;

/** What one run took; times in seconds. */
export interface SettleResult {
  readonly verifySeconds: number;
  readonly claimSeconds: number;
  readonly proofSeconds: number;
  /** User and system time of this process, its threads included. */
  readonly cpuSeconds: number;
  readonly rssPeakMiB: number;
  readonly provenRelays: number;
  readonly verifiedReceipts: number;
  readonly invalidReceipts: number;
}

async function main(url: string, share: number, threads: number): Promise<SettleResult> {
  const dataSource = await createDataSource({ url });
  const ledger = await openLedger(dataSource);
  const settler = new Settler({
    dataSource,
    ledger,
    settler: keyOf('settler'),
    chainId: CHAIN_ID,
    quietMs: 0,
    verification: { share, threads },
    onEvent: (event) => {
      if (event.kind === 'failed') throw event.error;
    },
  });
  let height = (await ledger.produceBlock()).height;
  while (height < 5) height = (await ledger.produceBlock()).height;
  const cpu = process.cpuUsage();
  const verifySeconds = await seconds(() => settler.verifyChunks());
  let claimSeconds = 0;
  let proofSeconds = 0;
  while (height < END_HEIGHT) {
    const took = await seconds(() => settler.tick());
    if (height < 13) claimSeconds += took;
    else proofSeconds += took;
    height = (await ledger.produceBlock()).height;
  }
  const used = process.cpuUsage(cpu);
  const rows = await listSettlements(dataSource);
  await settler.close();
  await ledger.close();
  await dataSource.destroy();
  const unpaid = rows.find((row) => row.state !== 'settled');
  if (unpaid !== undefined || rows.length === 0) throw new Error(`not settled: ${unpaid?.state} ${unpaid?.reason}`);
  const sum = (field: 'claimProofs' | 'verifiedReceipts' | 'invalidReceipts'): number =>
    rows.reduce((total, row) => total + Number(row[field] ?? 0n), 0);
  return {
    verifySeconds,
    claimSeconds,
    proofSeconds,
    cpuSeconds: (used.user + used.system) / 1e6,
    rssPeakMiB: process.resourceUsage().maxRSS / 1_024,
    provenRelays: sum('claimProofs'),
    verifiedReceipts: sum('verifiedReceipts'),
    invalidReceipts: sum('invalidReceipts'),
  };
}

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return (performance.now() - startedAt) / 1_000;
}

const [url = '', share = '1', threads = '2'] = process.argv.slice(2);
process.stdout.write(`${JSON.stringify(await main(url, Number(share), Number(threads)))}\n`);
