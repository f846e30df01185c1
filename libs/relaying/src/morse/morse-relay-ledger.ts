import {
  type Aat,
  type DispatchAnswer,
  type KeyPair,
  type RelayDraft,
  type RelayFactory,
  createRelayFactory,
  relayResponseHash,
  relayResponseHashEscaped,
  verifySignature,
} from '#libs/protocol';
import type { RelayHooks } from '../hooks.js';
import type {
  ApplicationRef,
  PreparedRelay,
  RelayEvidence,
  RelayIntent,
  RelayLedgerPort,
  RelayVerdict,
  Session,
  SessionNode,
  SharedAllowance,
} from '../port.js';
import { classifyRefusal } from './classify-refusal.js';
import { createEntropySource } from './entropy.js';
import { HeightTracker } from './height-tracker.js';
import { readEnvelope } from './read-envelope.js';
import { SessionBook, type SessionSource } from './session-book.js';
import { SignatureGatherer } from './signature-gatherer.js';

export interface MorseRelayLedgerOptions {
  /** The key that every AAT names as its client. */
  readonly clientKey: KeyPair;
  readonly source: SessionSource & { height(): Promise<number> };
  readonly heightPollMs: number;
  readonly hooks?: RelayHooks;
  readonly now?: () => number;
  readonly onHeightFailure?: (error: unknown) => void;
  readonly entropy?: () => bigint;
  /** Absent: this process counts alone. */
  readonly allowance?: SharedAllowance;
  readonly binding?: 'sodium' | 'node';
}

const NOTHING = Buffer.alloc(0);

/** Of one attempt, between `prepare` and `read`. */
interface MorseToken {
  readonly draft: RelayDraft;
  readonly entropy: bigint;
  readonly clientSignature: Buffer;
}

/** Relays as pocket-core speaks them: AATs, ed25519 proofs, sessions by dispatch. The application's credential is its AAT. */
export class MorseRelayLedger implements RelayLedgerPort {
  readonly name = 'morse';
  readonly heights: HeightTracker;
  readonly #book: SessionBook;
  readonly #signer: SignatureGatherer;
  readonly #entropy: () => bigint;
  readonly #allowance: SharedAllowance | null;
  /** Constant parts per node of a session; they leave memory with the session. */
  readonly #factories = new WeakMap<Session, Map<string, RelayFactory>>();

  constructor(options: MorseRelayLedgerOptions) {
    this.heights = new HeightTracker({
      source: options.source,
      pollMs: options.heightPollMs,
      ...(options.onHeightFailure === undefined ? {} : { onFailure: options.onHeightFailure }),
    });
    this.#book = new SessionBook({
      source: options.source,
      heights: this.heights,
      ...(options.hooks === undefined ? {} : { hooks: options.hooks }),
      ...(options.now === undefined ? {} : { now: options.now }),
    });
    this.#signer = new SignatureGatherer(
      options.clientKey,
      (count) => options.hooks?.onSigned?.(count),
      options.binding,
    );
    this.#entropy = options.entropy ?? createEntropySource();
    this.#allowance = options.allowance ?? null;
  }

  /** Learns the height and keeps it fresh; resolves after the first attempt, successful or not. */
  start(): Promise<void> {
    return this.heights.start();
  }

  stop(): void {
    this.heights.stop();
    this.#book.close();
  }

  height(): number {
    return this.heights.height;
  }

  session(application: ApplicationRef, chain: string): Session | Promise<Session> {
    return this.#book.session(application, chain);
  }

  /** The sessions held now, for operators' views. */
  sessions(): Iterable<{ readonly session: Session; readonly usedAtHeight: number }> {
    return this.#book.sessions();
  }

  sessionLeft(application: Pick<ApplicationRef, 'publicKeyHex'>, chain: string): number {
    return this.#book.left(application.publicKeyHex, chain);
  }

  renew(stale: Session, hint: unknown): Promise<Session> {
    return this.#book.renew(stale, (hint ?? null) as DispatchAnswer | null);
  }

  async prepare(session: Session, node: SessionNode, intent: RelayIntent): Promise<PreparedRelay> {
    const taken = this.#allowance?.take(session.id, node.id, node.allowance) ?? true;
    if (!(taken instanceof Promise ? await taken : taken))
      return { session, node, path: '', body: NOTHING, token: null, withheld: true };
    const entropy = this.#entropy();
    const draft = this.#factory(session, node).draft(
      { data: intent.data, method: intent.httpMethod, path: intent.path, headers: intent.headers },
      this.heights.height,
      entropy,
    );
    const clientSignature = await this.#signer.sign(draft.proofHash);
    const token: MorseToken = { draft, entropy, clientSignature };
    return { session, node, path: '/v1/client/relay', body: draft.finish(clientSignature), token };
  }

  read(prepared: PreparedRelay, status: number, body: Buffer): RelayVerdict {
    const answer = readEnvelope(status, body);
    if (answer.kind === 'refused') {
      const verdict = classifyRefusal(answer);
      if (answer.dispatch !== null && verdict.error === 'session_stale') {
        this.heights.heard(answer.dispatch.block_height);
      }
      return verdict;
    }
    if (answer.kind === 'malformed') {
      return { ok: false, error: 'node_fault', retry: 'other-node', mayHaveRun: true, detail: `malformed:${status}` };
    }
    const { draft, entropy, clientSignature } = prepared.token as MorseToken;
    const nodeSignature = Buffer.from(answer.signatureHex, 'hex');
    if (nodeSignature.length !== 64) {
      return { ok: false, error: 'node_fault', retry: 'other-node', mayHaveRun: true, detail: 'malformed:signature' };
    }
    const proofHashHex = draft.proofHash.toString('hex');
    return {
      ok: true,
      response: answer.response,
      evidence: {
        entropy,
        requestHash: Buffer.from(draft.requestHashHex, 'hex'),
        responseHash: relayResponseHash(answer.response, proofHashHex),
        responseHashEscaped: relayResponseHashEscaped(answer.response, proofHashHex),
        clientSignature,
        nodeSignature,
      },
    };
  }

  verify(prepared: PreparedRelay, _response: string, evidence: RelayEvidence): boolean {
    const key = prepared.node.id;
    return (
      verifySignature(key, evidence.responseHash, evidence.nodeSignature) ||
      (evidence.responseHashEscaped !== null &&
        verifySignature(key, evidence.responseHashEscaped, evidence.nodeSignature))
    );
  }

  #factory(session: Session, node: SessionNode): RelayFactory {
    let factories = this.#factories.get(session);
    if (factories === undefined) this.#factories.set(session, (factories = new Map()));
    let factory = factories.get(node.id);
    if (factory === undefined) {
      factory = createRelayFactory({
        aat: session.application.credential as Aat,
        chain: session.chain,
        sessionHeight: session.startHeight,
        servicerPublicKeyHex: node.id,
      });
      factories.set(node.id, factory);
    }
    return factory;
  }
}
