import { type BeforeApplicationShutdown, Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { type SettlementEvent, type SettlementTick, Settler } from '#libs/settlement';
import type { Logger } from '#libs/telemetry';
import type { WorkerConfig } from './config.js';
import { OutageLog } from './outage-log.js';
import { SuspectAnnouncer } from './suspect-announcer.js';
import { WORKER_CONFIG } from './tokens.js';
import { WorkerMetrics } from './worker-metrics.js';

/** Ticks that may be missed before this process ticks by itself. */
const MISSED_TICKS_MAX = 3;

/**
 * Runs the settler's ticks in this process, one at a time. The queue sets the pace over all workers; a timer here takes over when the
 * queue is silent, because a claim window (16 s on a local network) is shorter than an outage of Redis may be.
 */
@Injectable()
export class SettlementLoop implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private running: Promise<SettlementTick> | null = null;
  private verifying: Promise<void> | null = null;
  private lastTickAtMs = performance.now();
  private watchdog: NodeJS.Timeout | null = null;
  private stopping = false;

  constructor(
    private readonly settler: Settler,
    private readonly metrics: WorkerMetrics,
    private readonly suspects: SuspectAnnouncer,
    @Inject(WORKER_CONFIG) private readonly config: WorkerConfig,
    private readonly outages: OutageLog,
  ) {}

  onApplicationBootstrap(): void {
    const tickMs = this.config.SETTLEMENT_TICK_MS;
    this.watchdog = setInterval(() => {
      if (performance.now() - this.lastTickAtMs > MISSED_TICKS_MAX * tickMs) this.tick().catch(() => undefined);
    }, tickMs);
  }

  /** One tick; joins the one that is running. Rejects when the ledger or PostgreSQL cannot be asked; the next tick tries again. */
  tick(): Promise<SettlementTick> {
    this.running ??= this.tickOnce().finally(() => {
      this.running = null;
    });
    return this.running;
  }

  /** Verifies stored chunks in the background unless that is under way already. */
  verifySoon(): void {
    if (this.stopping) return;
    this.verifying ??= this.settler
      .verifyChunks(() => this.stopping)
      .then(
        () => undefined,
        (error: unknown) => this.noteFailure('verify', error),
      )
      .finally(() => {
        this.verifying = null;
      });
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping = true;
    if (this.watchdog !== null) clearInterval(this.watchdog);
    await Promise.allSettled([this.running, this.verifying]);
    await this.settler.close();
  }

  private noteFailure(step: string, error: unknown): void {
    this.metrics.count({ kind: 'failed', step, error });
    this.outages.note(`settlement ${step}`, error);
  }

  private async tickOnce(): Promise<SettlementTick> {
    this.lastTickAtMs = performance.now();
    this.verifySoon();
    const end = this.metrics.tickDuration.startTimer();
    try {
      await this.suspects.announce();
      const tick = await this.settler.tick();
      this.metrics.ledgerHeight.set(tick.head);
      return tick;
    } catch (error) {
      this.noteFailure('tick', error);
      throw error;
    } finally {
      end();
    }
  }
}

/** Counts a settlement event and writes the line an operator wants to find. */
export function recordSettlementEvent(
  logger: Logger,
  metrics: WorkerMetrics,
  outages: OutageLog,
  event: SettlementEvent,
): void {
  metrics.count(event);
  switch (event.kind) {
    case 'chunk_verified':
      return;
    case 'failed':
      outages.note(`settlement ${event.step}`, event.error);
      return;
    case 'invalid_receipts':
      logger.warn(
        { node: event.nodePublicKeyHex, receipts: event.count },
        'a node answered with wrong signatures; these relays are not claimed',
      );
      return;
    case 'session_closed':
      logger.info(event.session, 'session settled');
      return;
    case 'unpaid':
      // Thin traffic ends below the minimum every session, which is the protocol's rule and nobody's fault.
      logger[event.reason === 'below_minimum' ? 'info' : 'warn'](
        { ...event.settlement, reason: event.reason, receipts: Number(event.receipts) },
        'relays stay unpaid',
      );
      return;
    case 'claim_refused':
    case 'proof_refused':
      logger.warn({ ...event.settlement, code: event.code, codespace: event.codespace }, event.kind.replace('_', ' '));
      return;
    case 'settled':
      logger.info(
        {
          ...event.settlement,
          relays: Number(event.proofs),
          mintedUpokt: event.mintedUpokt.toString(),
          late: Number(event.late),
        },
        'proof accepted',
      );
      return;
    default:
      logger.debug(
        { ...event.settlement, ...('proofs' in event ? { relays: Number(event.proofs) } : {}) },
        event.kind.replaceAll('_', ' '),
      );
  }
}
