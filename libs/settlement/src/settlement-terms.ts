import type { LedgerPort } from '#libs/ledger';
import {
  CLAIM_PROOFS_MIN,
  type ProtocolParameters,
  addressOf,
  claimWindow,
  maxPossibleRelays,
  relaysToTokens,
} from '#libs/protocol';
import { type SessionKey, sessionText } from './session.js';

/** What the ledger says about a session, all read at the session's own height; none of it can change later. */
export interface SessionTerms {
  /** First head height at which the session is over and a claim handed in is accepted: S + b. */
  readonly claimFromHeight: number;
  /** Height whose block is the last that takes claims and whose header fixes the leaf: S + w·b (section 6.4). */
  readonly claimLastHeight: number;
  /** Relays a node may claim in this session (section 3.2). */
  readonly allowance: bigint;
  /** Fewer are refused: MinimumNumberOfProofs, and at least 5 (section 6.3). */
  readonly proofsMin: number;
  /** What a relay of the session costs the network, uPOKT: RelaysToTokensMultiplier of its chain, before nodes' stakes are weighed. */
  readonly upoktPerRelay: bigint;
  /** Height at which a claim included at `inclusionHeight` is deleted unproven. */
  expirationHeight(inclusionHeight: number): number;
  /** Why no claim of this session can be accepted, whatever the receipts are; null when nothing stands against it. */
  readonly obstacle: 'application_not_found' | 'chain_not_supported' | 'session_not_aligned' | null;
}

/** Sessions kept in memory; a worker has a few dozen open at a time. */
const CACHE_MAX = 4_096;

/** Reads the terms of sessions, once each: they are functions of past state. */
export class SettlementTerms {
  private readonly known = new Map<string, SessionTerms>();
  private readonly parameters = new Map<number, ProtocolParameters>();

  constructor(private readonly ledger: LedgerPort) {}

  async of(session: SessionKey): Promise<SessionTerms> {
    const text = sessionText(session);
    const known = this.known.get(text);
    if (known !== undefined) return known;
    const terms = await this.read(session);
    remember(this.known, text, terms);
    return terms;
  }

  /** The parameters at a height that is in the chain, from memory the second time. */
  async parametersAt(height: number): Promise<ProtocolParameters> {
    const known = this.parameters.get(height);
    if (known !== undefined) return known;
    const parameters = (await this.ledger.parameters(height)) as ProtocolParameters;
    remember(this.parameters, height, parameters);
    return parameters;
  }

  private async read(session: SessionKey): Promise<SessionTerms> {
    const height = session.sessionHeight;
    const parameters = await this.parametersAt(height);
    const application = await this.ledger.application(addressOf(session.applicationPublicKeyHex), height);
    const { claimFrom, claimTo } = claimWindow(height, parameters);
    const { blocksPerSession, claimExpiration } = parameters;
    const allowance =
      application === null || application.chains.length === 0
        ? 0n
        : maxPossibleRelays({
            maxRelays: application.maxRelays,
            chains: application.chains.length,
            sessionNodeCount: parameters.sessionNodeCount,
          });
    return {
      claimFromHeight: claimFrom,
      claimLastHeight: claimTo,
      allowance,
      proofsMin: Math.max(Number(CLAIM_PROOFS_MIN), parameters.minimumNumberOfProofs),
      upoktPerRelay: relaysToTokens(session.chain, parameters),
      expirationHeight: (inclusionHeight) => inclusionHeight + claimExpiration * blocksPerSession,
      obstacle: obstacleOf(session, parameters, application !== null),
    };
  }
}

function obstacleOf(
  session: SessionKey,
  parameters: ProtocolParameters,
  hasApplication: boolean,
): SessionTerms['obstacle'] {
  if (session.sessionHeight % parameters.blocksPerSession !== 1 % parameters.blocksPerSession) {
    return 'session_not_aligned';
  }
  if (!hasApplication) return 'application_not_found';
  return parameters.supportedBlockchains.includes(session.chain) ? null : 'chain_not_supported';
}

function remember<K, V>(map: Map<K, V>, key: K, value: V): void {
  if (map.size >= CACHE_MAX) {
    const oldest = map.keys().next();
    if (!oldest.done) map.delete(oldest.value);
  }
  map.set(key, value);
}
