import type { SettlementEvent } from '#libs/settlement';
import { Counter, Gauge, Histogram, type Registry } from 'prom-client';

/** The worker's own metrics: base units, bounded labels (no tenant, application, node or session). */
export class WorkerMetrics {
  readonly chunks: Counter<'outcome'>;
  readonly receipts: Counter;
  readonly chunkLag: Histogram;
  readonly verifiedReceipts: Counter;
  readonly invalidReceipts: Counter;
  readonly settlementSteps: Counter<'step'>;
  readonly settlementFailures: Counter<'step'>;
  readonly mintedUpokt: Counter;
  readonly provenRelays: Counter;
  readonly lateReceipts: Counter;
  readonly unpaidReceipts: Counter<'reason'>;
  readonly tickDuration: Histogram;
  readonly ledgerHeight: Gauge;
  readonly ledgerErrors: Counter;
  readonly stakeChanges: Counter;
  readonly jobFailures: Counter<'queue'>;
  readonly jobsRevived: Counter<'queue'>;
  /** Refreshed by `BacklogProbe`. */
  readonly queueJobs: Gauge<'queue' | 'state'>;
  readonly settlements: Gauge<'state'>;
  readonly openSessions: Gauge;
  readonly unverifiedChunks: Gauge;
  readonly verificationLag: Gauge;

  constructor(registry: Registry) {
    const registers = [registry];
    const counter = <L extends string = never>(name: string, help: string, labelNames: L[] = []): Counter<L> =>
      new Counter({ name, help, labelNames, registers });
    const gauge = <L extends string = never>(name: string, help: string, labelNames: L[] = []): Gauge<L> =>
      new Gauge({ name, help, labelNames, registers });
    this.chunks = counter('worker_chunks_total', 'Receipt chunks taken from the queue.', ['outcome']);
    this.receipts = counter('worker_receipts_stored_total', 'Receipts stored with their usage.');
    this.chunkLag = new Histogram({
      name: 'worker_chunk_lag_seconds',
      help: 'From the first answer in a chunk to the commit of the chunk.',
      buckets: [0.25, 0.5, 1, 2, 4, 8, 16, 60, 300, 3_600],
      registers,
    });
    this.verifiedReceipts = counter('worker_receipts_verified_total', 'Receipts whose node signature was looked at.');
    this.invalidReceipts = counter('worker_receipts_invalid_total', 'Receipts with a wrong node signature.');
    this.settlementSteps = counter('settlement_steps_total', 'Steps of settlements, by kind.', ['step']);
    this.settlementFailures = counter('settlement_failures_total', 'Steps that threw and are tried again.', ['step']);
    this.mintedUpokt = counter('settlement_minted_upokt_total', 'uPOKT minted by proofs that this process recorded.');
    this.provenRelays = counter('settlement_proven_relays_total', 'Relays of proofs that this process recorded.');
    this.lateReceipts = counter(
      'settlement_late_receipts_total',
      'Receipts that came too late for a claim that was paid.',
    );
    this.unpaidReceipts = counter('settlement_unpaid_receipts_total', 'Receipts of settlements that ended unpaid.', [
      'reason',
    ]);
    this.tickDuration = new Histogram({
      name: 'settlement_tick_seconds',
      help: 'Duration of one look at all open sessions.',
      buckets: [0.005, 0.02, 0.1, 0.5, 2, 10, 60],
      registers,
    });
    this.ledgerHeight = gauge('ledger_height', 'Newest block this process saw.');
    this.ledgerErrors = counter('ledger_errors_total', 'Questions to the ledger that failed.');
    this.stakeChanges = counter('worker_stake_changes_total', 'Applications whose stake differed from the ledger.');
    this.jobFailures = counter('worker_job_failures_total', 'Attempts of jobs that threw.', ['queue']);
    this.jobsRevived = counter('worker_jobs_revived_total', 'Failed jobs that the reconciler put back.', ['queue']);
    this.queueJobs = gauge('queue_jobs', 'Jobs in a queue by state.', ['queue', 'state']);
    this.settlements = gauge('settlement_settlements', 'Unfinished settlements by state, all workers together.', [
      'state',
    ]);
    this.openSessions = gauge('settlement_open_sessions', 'Sessions with receipts that are not accounted for.');
    this.unverifiedChunks = gauge('settlement_unverified_chunks', 'Stored chunks whose signatures wait.');
    this.verificationLag = gauge('settlement_verification_lag_seconds', 'Age of the oldest chunk that waits.');
  }

  /** Counts an event of #libs/settlement. */
  count(event: SettlementEvent): void {
    switch (event.kind) {
      case 'chunk_verified':
        this.verifiedReceipts.inc(event.verified);
        return;
      case 'invalid_receipts':
        this.invalidReceipts.inc(event.count);
        return;
      case 'failed':
        this.settlementFailures.inc({ step: event.step });
        return;
      case 'settled':
        this.mintedUpokt.inc(Number(event.mintedUpokt));
        this.provenRelays.inc(Number(event.proofs));
        this.lateReceipts.inc(Number(event.late));
        break;
      case 'unpaid':
        this.unpaidReceipts.inc({ reason: event.reason }, Number(event.receipts));
        break;
      default:
    }
    this.settlementSteps.inc({ step: event.kind });
  }
}
