import type { LedgerApplication, LedgerNode, LedgerParameters, LocalLedger } from '#libs/ledger';
import {
  type DispatchAnswer,
  type DispatchNode,
  PocketErrorCode,
  checkHash,
  checkPublicKey,
  drawSessionNodes,
  pocketError,
  sessionBlockHashHex,
  sessionKeyHex,
  sessionStartHeight,
} from '#libs/protocol';

/** The state at a session's start, which its allowances and candidates come from. */
export interface SessionState {
  readonly sessionHeight: number;
  readonly parameters: LedgerParameters;
  /** By public key in lower-case hex. */
  readonly applications: ReadonlyMap<string, LedgerApplication>;
  /** Staked nodes in ascending order of their addresses, jailed ones included. */
  readonly nodes: readonly LedgerNode[];
  readonly blockHashHex: string;
}

/** One drawn session: its nodes, ready to be sent and ready to be asked. */
export interface DrawnSession {
  readonly session: DispatchAnswer['session'];
  /** Public keys of the members. */
  readonly members: ReadonlySet<string>;
}

/**
 * What every node of the network knows at one height, held in memory: the relay path reads it and nothing else, so it
 * neither waits for PostgreSQL nor notices its absence. Immutable but for the memo of drawn sessions.
 */
export class NetworkView {
  readonly #drawn = new Map<string, DrawnSession>();

  private constructor(
    /** Newest height. */
    readonly height: number,
    /** Start of the session that is open at this height. */
    readonly sessionHeight: number,
    /** Parameters at this height. */
    readonly parameters: LedgerParameters,
    /** Sessions that relays may still name, by start height; the current one and those the allowance reaches back to. */
    readonly sessions: ReadonlyMap<number, SessionState>,
    private readonly nodesNow: ReadonlyMap<string, LedgerNode>,
  ) {}

  /**
   * The view at the ledger's newest height. What `previous` already holds is not read again.
   * @param sessionAllowance how many ended sessions stay servable.
   */
  static async load(ledger: LocalLedger, sessionAllowance: number, previous: NetworkView | null): Promise<NetworkView> {
    const height = await ledger.height();
    const [parameters, nodesNow] = await Promise.all([ledger.parameters(height), ledger.nodes({ height })]);
    const start = sessionStartHeight(height, parameters.blocksPerSession);
    const sessions = new Map<number, SessionState>();
    for (let back = 0; back <= sessionAllowance; back += 1) {
      const sessionHeight = start - back * parameters.blocksPerSession;
      if (sessionHeight < 1) break;
      const known = previous?.sessions.get(sessionHeight);
      sessions.set(sessionHeight, known ?? (await loadSessionState(ledger, sessionHeight)));
    }
    return new NetworkView(
      height,
      start,
      parameters,
      sessions,
      new Map(nodesNow.map((node) => [node.addressHex, node])),
    );
  }

  /** Staked nodes of the newest height by address. */
  get nodes(): ReadonlyMap<string, LedgerNode> {
    return this.nodesNow;
  }

  /**
   * The session of an application on a chain that began at `sessionHeight`, with eligibility read at this view's height.
   * Throws pocket-core's codes: 6, 42 for the key, 52, 23, 62 for the chain, 17 for too few nodes, 60 for a session that
   * this view does not hold.
   */
  session(applicationPublicKey: string, chain: string, sessionHeight = this.sessionHeight): DrawnSession {
    const memo = `${sessionHeight}/${chain}/${applicationPublicKey}`;
    const known = this.#drawn.get(memo);
    if (known !== undefined) return known;
    const state = this.sessions.get(sessionHeight);
    if (state === undefined) throw pocketError(PocketErrorCode.invalidBlockHeight);
    checkPublicKey(applicationPublicKey);
    checkHash(chain, (bytes) => bytes >= 1 && bytes <= 4);
    const keyHex = sessionKeyHex(applicationPublicKey, chain, state.blockHashHex);
    const chainsMax = state.parameters.posMaximumChains;
    const nodes = drawSessionNodes({
      sessionKeyHex: keyHex,
      candidates: state.nodes.filter((node) => node.chains.includes(chain)),
      count: state.parameters.sessionNodeCount,
      isEligible: ({ addressHex }) => {
        const now = this.nodesNow.get(addressHex);
        return (
          now !== undefined &&
          !now.jailed &&
          now.status === 2 &&
          now.chains.includes(chain) &&
          now.chains.length <= chainsMax
        );
      },
    });
    const drawn: DrawnSession = {
      session: {
        header: { app_public_key: applicationPublicKey, chain, session_height: sessionHeight },
        key: Buffer.from(keyHex, 'hex').toString('base64'),
        nodes: nodes.map(dispatchNode),
      },
      members: new Set(nodes.map((node) => node.publicKeyHex)),
    };
    // Anybody may ask for a session of any key; a bound keeps that from growing the process.
    if (this.#drawn.size >= DRAWN_MAX) this.#drawn.clear();
    this.#drawn.set(memo, drawn);
    return drawn;
  }

  /** The answer to dispatch: always of the newest session, for unknown applications too. Throws like {@link session}. */
  dispatch(applicationPublicKey: string, chain: string): DispatchAnswer {
    return { block_height: this.height, session: this.session(applicationPublicKey, chain).session };
  }
}

const DRAWN_MAX = 10_000;

async function loadSessionState(ledger: LocalLedger, sessionHeight: number): Promise<SessionState> {
  const [parameters, applications, nodes, block] = await Promise.all([
    ledger.parameters(sessionHeight),
    ledger.applications({ height: sessionHeight }),
    ledger.nodes({ height: sessionHeight, status: 2 }),
    ledger.block(sessionHeight),
  ]);
  if (block === null) throw new Error(`the ledger has no block ${sessionHeight}`);
  return {
    sessionHeight,
    parameters,
    applications: new Map(applications.map((application) => [application.publicKeyHex, application])),
    nodes: nodes.toSorted((left, right) => (left.addressHex < right.addressHex ? -1 : 1)),
    blockHashHex: sessionBlockHashHex(block),
  };
}

/** A node's record in the names of dispatch and `/v1/query/node`. */
export function dispatchNode(
  node: LedgerNode,
): DispatchNode & { readonly reward_delegators: LedgerNode['rewardDelegators'] } {
  return {
    address: node.addressHex,
    chains: [...node.chains],
    jailed: node.jailed,
    output_address: node.outputAddressHex,
    public_key: node.publicKeyHex,
    reward_delegators: node.rewardDelegators,
    service_url: node.serviceUrl,
    status: node.status,
    tokens: node.stakedUpokt.toString(),
    unstaking_time: node.unstakingTime,
  };
}
