import type { SessionHeader } from '#libs/protocol';

/** What a node holds of one session: the proofs it accepted and whether it takes more. */
export interface Evidence {
  readonly header: SessionHeader;
  /** Relays the application may ask of this node in this session. */
  readonly allowance: bigint;
  readonly count: number;
  readonly sealed: boolean;
  has(proofHash: Buffer): boolean;
  /** Keeps the proof; seals the evidence when the allowance is reached. */
  add(proofHash: Buffer): void;
  /** No more proofs, as after the claim. */
  seal(): void;
}

/**
 * The evidence of one node by session header. A stock node keeps a bloom filter (1 % false "duplicate" at the end of the
 * allowance); this is an exact set, so code 37 always means a repeated proof. Nothing here awaits, so that concurrent
 * relays of one node are counted exactly, which a stock node does not promise either (morse-protocol.md, 5.6).
 */
export class EvidenceStore {
  readonly #bySession = new Map<number, Map<string, SessionEvidence>>();

  /** The evidence of the header, or undefined when the node holds none. */
  find(header: SessionHeader): Evidence | undefined {
    return this.#bySession.get(header.session_height)?.get(keyOf(header));
  }

  /** The evidence of the header, begun with this allowance when there is none. */
  open(header: SessionHeader, allowance: bigint): Evidence {
    let session = this.#bySession.get(header.session_height);
    if (session === undefined) this.#bySession.set(header.session_height, (session = new Map()));
    let evidence = session.get(keyOf(header));
    if (evidence === undefined) session.set(keyOf(header), (evidence = new SessionEvidence(header, allowance)));
    return evidence;
  }

  /** Forgets sessions that started before `sessionHeight`; relays for them are refused by then. */
  forgetBefore(sessionHeight: number): void {
    for (const height of this.#bySession.keys()) if (height < sessionHeight) this.#bySession.delete(height);
  }

  /** Everything held, for the file that carries it over a restart. */
  dump(): readonly StoredEvidence[] {
    return [...this.#bySession.values()].flatMap((session) => [...session.values()].map((evidence) => evidence.dump()));
  }

  /** Takes back what {@link dump} gave. */
  restore(stored: readonly StoredEvidence[]): void {
    for (const { header, allowance, sealed, proofs } of stored) {
      const evidence = this.open(header, BigInt(allowance));
      const bytes = Buffer.from(proofs, 'base64');
      for (let at = 0; at + HASH_BYTES <= bytes.length; at += HASH_BYTES)
        evidence.add(bytes.subarray(at, at + HASH_BYTES));
      if (sealed) evidence.seal();
    }
  }
}

/** Evidence in the form of the state file; `proofs` are the proof hashes end to end, base64. */
export interface StoredEvidence {
  readonly header: SessionHeader;
  readonly allowance: string;
  readonly sealed: boolean;
  readonly proofs: string;
}

const HASH_BYTES = 32;

function keyOf(header: SessionHeader): string {
  return `${header.chain}/${header.app_public_key}`;
}

class SessionEvidence implements Evidence {
  readonly #proofs = new Set<string>();
  #sealed = false;

  constructor(
    readonly header: SessionHeader,
    readonly allowance: bigint,
  ) {}

  get count(): number {
    return this.#proofs.size;
  }

  get sealed(): boolean {
    return this.#sealed;
  }

  has(proofHash: Buffer): boolean {
    return this.#proofs.has(proofHash.toString('latin1'));
  }

  add(proofHash: Buffer): void {
    this.#proofs.add(proofHash.toString('latin1'));
    if (BigInt(this.#proofs.size) >= this.allowance) this.#sealed = true;
  }

  seal(): void {
    this.#sealed = true;
  }

  dump(): StoredEvidence {
    return {
      header: this.header,
      allowance: this.allowance.toString(),
      sealed: this.#sealed,
      proofs: Buffer.from([...this.#proofs].join(''), 'latin1').toString('base64'),
    };
  }
}
