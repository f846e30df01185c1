import {
  type BlockAnswer,
  type DispatchNode,
  type SessionHeader,
  drawSessionNodes,
  sessionBlockHashHex,
  sessionKeyHex,
} from '#libs/protocol';
import { PocketErrorCode, pocketError } from './errors.js';
import type { ChainHistory } from '../store/chain-store.js';
import type { LedgerParameters, LedgerSession } from '../types.js';
import { BoundedMap } from './bounded-map.js';
import { parametersOfTexts } from './parameters.js';
import { type ApplicationRecord, type NodeRecord, decodeRecord } from './records.js';
import { rfc3339 } from './time.js';

/** Nodes of a height: by address, in ascending order. */
export type NodesAtHeight = ReadonlyMap<string, NodeRecord>;

/**
 * The committed past, with memory. Callers ask only for heights at or below the newest committed one: those never change, so what was
 * read once is kept (bounded).
 */
export class History {
  readonly #applications = new BoundedMap<{ record: ApplicationRecord | null }>(4_096);
  readonly #nodes = new BoundedMap<NodesAtHeight>(16);
  readonly #parameters = new BoundedMap<LedgerParameters>(64);
  readonly #blocks = new BoundedMap<BlockAnswer>(256);
  readonly #sessions = new BoundedMap<LedgerSession>(4_096);

  constructor(private readonly store: ChainHistory) {}

  async application(addressHex: string, height: number): Promise<ApplicationRecord | null> {
    const { record } = await this.#applications.get(`${addressHex}/${height}`, async () => {
      const json = await this.store.recordAt('application', addressHex, height);
      return { record: json === null ? null : decodeRecord('application', json) };
    });
    return record;
  }

  /** All nodes of a height. One read serves every session of that height. */
  nodes(height: number): Promise<NodesAtHeight> {
    return this.#nodes.get(String(height), async () => {
      const rows = await this.store.recordsAt('node', height);
      const sorted = rows.map(({ key, json }): [string, NodeRecord] => [key, decodeRecord('node', json)]);
      return new Map(sorted.sort(([a], [b]) => (a < b ? -1 : 1)));
    });
  }

  parameters(height: number): Promise<LedgerParameters> {
    return this.#parameters.get(String(height), async () => {
      const rows = await this.store.recordsAt('parameter', height);
      return parametersOfTexts(rows.map(({ key, json }) => [key, decodeRecord('parameter', json).text] as const));
    });
  }

  /** The block of a height. Throws code 60 of `pocketcore` when there is none. */
  block(height: number): Promise<BlockAnswer> {
    return this.#blocks.get(String(height), async () => {
      const block = await this.store.blockAt(height);
      if (!block) throw pocketError(PocketErrorCode.invalidBlockHeight);
      return block;
    });
  }

  /**
   * The session of a header (facts section 4): candidates, count and block hash of the session height; whether a drawn node is taken is
   * read at `eligibleAt`. Throws code 17 when too few nodes serve the chain.
   */
  session(header: SessionHeader, eligibleAt: number): Promise<LedgerSession> {
    const { app_public_key: appPublicKey, chain, session_height: height } = header;
    return this.#sessions.get(`${appPublicKey}/${chain}/${height}/${eligibleAt}`, async () => {
      const block = await this.block(height);
      const keyHex = sessionKeyHex(appPublicKey, chain, sessionBlockHashHex(block));
      const nodes = await this.nodes(height);
      const eligible = eligibleAt === height ? nodes : await this.nodes(eligibleAt);
      const { sessionNodeCount } = await this.parameters(height);
      const { posMaximumChains } = await this.parameters(eligibleAt);
      const drawn = drawSessionNodes({
        sessionKeyHex: keyHex,
        // The map is in ascending order of addresses already.
        candidates: [...nodes].filter(([, node]) => node.status === 2 && node.chains.includes(chain)),
        count: sessionNodeCount,
        isEligible: ([address]) => {
          const now = eligible.get(address);
          return (
            now !== undefined && !now.jailed && now.chains.includes(chain) && now.chains.length <= posMaximumChains
          );
        },
      });
      return { header, keyHex, nodes: drawn.map(([address, node]) => dispatchNode(address, node)) };
    });
  }
}

/** A node as dispatch shows it. */
export function dispatchNode(addressHex: string, node: NodeRecord): DispatchNode {
  return {
    address: addressHex,
    public_key: node.publicKeyHex,
    service_url: node.serviceUrl,
    chains: [...node.chains],
    jailed: node.jailed,
    status: node.status,
    tokens: node.stakedUpokt.toString(),
    output_address: node.outputAddressHex,
    unstaking_time: rfc3339(node.unstakingAtMs),
    reward_delegators: node.rewardDelegators,
  };
}
