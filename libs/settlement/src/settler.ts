import { randomBytes } from 'node:crypto';
import type { LedgerPort } from '#libs/ledger';
import type { KeyPair } from '#libs/protocol';
import type { DataSource } from 'typeorm';
import { advanceClaims } from './claim-phase.js';
import { advanceProofs } from './proof-phase.js';
import { type SessionKey, sessionText } from './session.js';
import { withSessionLock } from './session-lock.js';
import type { SettlementContext, SettlementEvent } from './settlement-context.js';
import { SettlementChangedError, closeSession, refreshSettlements } from './settlement-row.js';
import { SettlementTerms } from './settlement-terms.js';
import { countByNode } from './verification/record-findings.js';
import { SignaturePool } from './verification/signature-pool.js';
import { type VerificationPolicy, verificationPolicy } from './verification/verification-policy.js';
import { verifyNextChunk } from './verification/verify-chunks.js';
import type { InvalidReceipt } from './verification/verify-receipts.js';
import { verifySuspects } from './verification/verify-suspects.js';

/** Chunks that a process verifies at the same time: while one is on the threads, others are read and recorded. */
const CHUNKS_AT_ONCE = 3;

/** Options of {@link Settler}. */
export interface SettlerOptions {
  readonly dataSource: DataSource;
  readonly ledger: LedgerPort;
  /** The key that the nodes' stake records name as their settler. */
  readonly settler: KeyPair;
  /** Chain id that transactions are signed for. */
  readonly chainId: string;
  /** See `SettlementContext.quietMs`; default 2,500. */
  readonly quietMs?: number;
  /** Sessions worked on at the same time; default 4. Each needs two database connections. */
  readonly concurrency?: number;
  /** How much is verified; by default everything. */
  readonly verification?: Partial<Omit<VerificationPolicy, 'pool'>> & { readonly threads?: number };
  readonly entropy?: () => bigint;
  readonly onEvent?: (event: SettlementEvent) => void;
}

/** What one {@link Settler.tick} found. */
export interface SettlementTick {
  /** Height of the newest block. */
  readonly head: number;
  /** Sessions that still have something to settle, ended or not. */
  readonly openSessions: number;
  /** Sessions that this tick worked on. */
  readonly advanced: number;
  /** Sessions whose step threw; they are tried again at the next tick. */
  readonly failed: number;
}

/**
 * Settles sessions: stored receipts → claim → proof → reward. All state is in PostgreSQL and in the ledger, so any number of settlers may
 * tick at any time, and one that dies between any two statements is continued by the next tick of any other.
 */
export class Settler {
  private readonly context: SettlementContext;
  private readonly concurrency: number;
  /** Sessions that have nothing to do until a block or a chunk comes, with the height and receipts they were left at. */
  private readonly idle = new Map<string, string>();

  constructor(options: SettlerOptions) {
    this.concurrency = options.concurrency ?? 4;
    this.context = {
      dataSource: options.dataSource,
      ledger: options.ledger,
      terms: new SettlementTerms(options.ledger),
      settler: options.settler,
      chainId: options.chainId,
      quietMs: options.quietMs ?? 2_500,
      verification: verificationPolicy({
        ...options.verification,
        pool: new SignaturePool(options.verification?.threads),
      }),
      entropy: options.entropy ?? (() => randomBytes(8).readBigUInt64BE() >> 1n),
      onEvent: options.onEvent ?? (() => undefined),
    };
  }

  /**
   * Verifies stored chunks, oldest first, until none is left or `isDone` says so; returns how many. Several at a time, so that
   * threads verify one while the next is read. Safe beside other workers: each takes chunks that no other holds.
   */
  async verifyChunks(isDone: () => boolean = () => false): Promise<number> {
    let chunks = 0;
    const work = async (): Promise<void> => {
      while (!isDone()) {
        const done = await verifyNextChunk(this.context.dataSource, this.context.verification);
        if (done === null) return;
        chunks += 1;
        const { receipts, verified, invalid } = done;
        this.context.onEvent({ kind: 'chunk_verified', receipts, verified, invalid: invalid.length });
        this.reportInvalid(invalid);
      }
    };
    await Promise.all(Array.from({ length: CHUNKS_AT_ONCE }, work));
    return chunks;
  }

  /** Ends the verifying threads. */
  close(): Promise<void> {
    return this.context.verification.pool.close();
  }

  /**
   * Advances every open session by as many steps as the ledger's height allows. Never waits for a block: what is not in a block yet is
   * looked at by the next tick. Rejects only when the ledger's height or the list of sessions cannot be read.
   */
  async tick(): Promise<SettlementTick> {
    const head = await this.context.ledger.height();
    const sessions = await this.openSessions(head);
    const queue = sessions.filter((session) => this.idle.get(sessionText(session)) !== idleMark(session, head));
    this.forgetIdleBut(sessions);
    let advanced = 0;
    let failed = 0;
    const work = async (): Promise<void> => {
      for (let session = queue.shift(); session !== undefined; session = queue.shift()) {
        try {
          if (await this.advance(session, head)) advanced += 1;
        } catch (error) {
          if (error instanceof SettlementChangedError) continue;
          failed += 1;
          this.context.onEvent({ kind: 'failed', step: 'session', error });
        }
      }
    };
    await Promise.all(Array.from({ length: this.concurrency }, work));
    return { head, openSessions: sessions.length, advanced, failed };
  }

  /** Sessions with receipts that are not accounted for; the youngest first, because their claims are what can be missed. */
  private async openSessions(head: number): Promise<OpenSession[]> {
    const rows = await this.context.dataSource.query<
      Array<{ application: string; chain: string; height: string; receipts: string }>
    >(
      `SELECT application_public_key AS application, chain, session_height AS height, receipts FROM metering.sessions
       WHERE closed_at IS NULL AND session_height <= $1 ORDER BY session_height DESC, application_public_key, chain LIMIT 10000`,
      [head],
    );
    return rows.map((row) => ({
      applicationPublicKeyHex: row.application,
      chain: row.chain,
      sessionHeight: Number(row.height),
      receipts: row.receipts,
    }));
  }

  private async advance(session: OpenSession, head: number): Promise<boolean> {
    const terms = await this.context.terms.of(session);
    if (head < terms.claimFromHeight) return false;
    const hasMore = await withSessionLock(this.context.dataSource, session, async () => {
      this.reportInvalid(await verifySuspects(this.context.dataSource, session, this.context.verification));
      const rows = await refreshSettlements(this.context.dataSource, session);
      let mayHaveMore = false;
      if (head < terms.claimLastHeight) {
        mayHaveMore = await advanceClaims(this.context, session, terms, head, rows);
      } else {
        await advanceProofs(this.context, session, terms, head, rows);
      }
      if (await closeSession(this.context.dataSource, session, terms.upoktPerRelay)) {
        const { applicationPublicKeyHex, chain, sessionHeight } = session;
        this.context.onEvent({ kind: 'session_closed', session: { applicationPublicKeyHex, chain, sessionHeight } });
      }
      return mayHaveMore;
    });
    if (hasMore === false) this.idle.set(sessionText(session), idleMark(session, head));
    return hasMore !== null;
  }

  private reportInvalid(invalid: readonly InvalidReceipt[]): void {
    for (const [nodePublicKeyHex, count] of countByNode(invalid)) {
      this.context.onEvent({ kind: 'invalid_receipts', nodePublicKeyHex, count });
    }
  }

  private forgetIdleBut(sessions: readonly SessionKey[]): void {
    if (this.idle.size <= 2 * sessions.length + 1_000) return;
    const open = new Set(sessions.map(sessionText));
    for (const text of this.idle.keys()) if (!open.has(text)) this.idle.delete(text);
  }
}

/** A session with receipts that are not accounted for, and how many receipts it had when it was read. */
interface OpenSession extends SessionKey {
  readonly receipts: string;
}

/** What must change before an idle session is worth another look. */
function idleMark(session: OpenSession, head: number): string {
  return `${head}/${session.receipts}`;
}
