/**
 * What the gateway's core needs of one generation of the relay protocol. Transport, retries, selection and scores are
 * the core's; an adapter is a folder that knows sessions, encoding, signatures and error codes (`morse/` today).
 */

/** Error classes shared by all generations; they decide who is blamed and whether another attempt makes sense. */
export type ErrorClass =
  /** The session is out of date; nobody's fault. */
  | 'session_stale'
  /** The node's allowance for this application and session is spent; nobody's fault. */
  | 'exhausted'
  /** The node, its host or the way to it. */
  | 'node_fault'
  /** An answer that the node did not sign, or a lie that can be proven. */
  | 'node_forged'
  /** The chain behind the node. */
  | 'backend_error'
  /** The caller's request. */
  | 'client_fault'
  /** Our keys, tokens or stake: alarm, no penalty for the node. */
  | 'auth_fault'
  /** Our own process or ledger. */
  | 'local_fault'
  | 'cancelled';

/** An application that pays for relays. `credential` belongs to the adapter (Morse: the AAT). */
export interface ApplicationRef {
  /** Our id (UUID). */
  readonly id: string;
  readonly publicKeyHex: string;
  readonly addressHex: string;
  readonly credential: unknown;
  /** The caller's own, given back with relays that no call asked for (probes); whoever opened the session. */
  readonly owner?: unknown;
}

/** A node within one session, with what this process has used of it. */
export class SessionNode {
  /** Relays sent, answered or not: nodes count before they call the chain. */
  sent = 0;
  /** The node said that its allowance is spent. */
  exhausted = false;

  /**
   * @param id the node's public key, lower-case hex.
   * @param url origin of the node's service, without a trailing slash.
   * @param allowance relays that one session grants on this node.
   * @param operator who runs it: retries go to another operator, and one operator's share is capped.
   */
  constructor(
    readonly id: string,
    readonly url: string,
    readonly allowance: number,
    readonly operator: string = url,
  ) {}

  /** Relays that may still be sent, as far as this process knows. */
  get left(): number {
    return this.exhausted ? 0 : Math.max(0, this.allowance - this.sent);
  }
}

/** The nodes that serve one application on one chain for a while. */
export interface Session {
  /** Unique per application, chain and start. */
  readonly id: string;
  readonly application: ApplicationRef;
  /** The relay chain id. */
  readonly chain: string;
  readonly startHeight: number;
  readonly endHeight: number;
  readonly nodes: readonly SessionNode[];
  /** A node that answers fewer relays in a session is not paid for them. */
  readonly minimumProofs: number;
}

/** What one call asks of a node. */
export interface RelayIntent {
  /** The body, as text; empty for requests that are only a path. */
  readonly data: string;
  /** HTTP verb towards the chain. */
  readonly httpMethod: string;
  /** Path and query towards the chain, without the leading slash where there is none; empty for JSON-RPC. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>> | null;
}

/** One signed attempt, ready to send. */
export interface PreparedRelay {
  readonly session: Session;
  readonly node: SessionNode;
  /** Path on the node's origin. */
  readonly path: string;
  readonly body: Buffer;
  /** Adapter-private. */
  readonly token: unknown;
  /** The node's allowance is leased out to other gateways: it must not be sent. */
  readonly withheld?: boolean;
}

/** Relays that a session grants on a node, shared by all gateways; `SessionAllowance` of `#libs/quota`. */
export interface SharedAllowance {
  /** Takes one relay; false when all of them are leased out. Never rejects. */
  take(sessionId: string, nodeId: string, allowance: number): boolean | Promise<boolean>;
}

/** What proves that a node answered; the fields of a receipt. */
export interface RelayEvidence {
  readonly entropy: bigint;
  /** 32 bytes each. */
  readonly requestHash: Buffer;
  readonly responseHash: Buffer;
  readonly responseHashEscaped: Buffer | null;
  /** 64 bytes each. */
  readonly clientSignature: Buffer;
  readonly nodeSignature: Buffer;
}

/** Where the next attempt may go. */
export type RetryAdvice = 'none' | 'same-node' | 'other-node' | 'new-session' | 'other-application';

/** What an adapter makes of a node's reply or of its absence. */
export type RelayVerdict =
  | { readonly ok: true; readonly response: string; readonly evidence: RelayEvidence }
  | {
      readonly ok: false;
      readonly error: ErrorClass;
      readonly retry: RetryAdvice;
      /** The chain may have seen the call: writing calls must not be sent again. */
      readonly mayHaveRun: boolean;
      /** For logs and metrics; never holds payloads. */
      readonly detail: string;
      /** Adapter-private news of a session, given back to `renew`. */
      readonly hint?: unknown;
    };

/** A generation of the relay protocol. */
export interface RelayLedgerPort {
  readonly name: string;
  /** Newest height known, 0 while none is. */
  height(): number;
  /** The session that serves (application, chain) now: at once from memory, or loaded once for all who wait. Rejects with {@link SessionUnavailableError}. */
  session(application: ApplicationRef, chain: string): Session | Promise<Session>;
  /** Share of the current session's allowance that is left, 0..1; 1 while no session is known. */
  sessionLeft(application: Pick<ApplicationRef, 'publicKeyHex'>, chain: string): number;
  /** A session newer than `stale`, or `stale` itself when there is none. `hint` is a verdict's. Rejects like `session`. */
  renew(stale: Session, hint: unknown): Promise<Session>;
  /** Encodes and signs one attempt. Call it once per attempt. */
  prepare(session: Session, node: SessionNode, intent: RelayIntent): Promise<PreparedRelay>;
  /** Reads a node's reply. Never throws. */
  read(prepared: PreparedRelay, status: number, body: Buffer): RelayVerdict;
  /** Whether the node's signature binds this answer to this request. */
  verify(prepared: PreparedRelay, response: string, evidence: RelayEvidence): boolean;
}

/** No session can be had: too few nodes, an unknown application, or a ledger that does not answer. */
export class SessionUnavailableError extends Error {
  override readonly name = 'SessionUnavailableError';
  constructor(
    readonly error: 'auth_fault' | 'local_fault' | 'node_fault',
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
