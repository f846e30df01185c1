import { createHash } from 'node:crypto';
import {
  type Challenge,
  type ChallengeResponse,
  type KeyPair,
  MerkleTree,
  type ProofLeaf,
  type RelayProof,
  type SessionHeader,
  type TransactionMessage,
  challengePreimage,
  claimWindow,
  keyPairFromSeed,
  makeAat,
  merkleLeafHash,
  relayProofHash,
  relayProofPreimage,
  requiredLeafIndex,
  sessionHeaderHashHex,
  sessionStartHeight,
  signBytes,
  signRelayResponse,
  signTransaction,
} from '#libs/protocol';
import { instructionMemo } from '../machine/instructions.js';
import type { History } from '../machine/history.js';
import type { LedgerGenesis } from '../types.js';

const POKT = 1_000_000n;
const CHAIN = '0021';
const SECOND = 1_000_000_000n;

const keys = new Map<string, KeyPair>();

/** A key that is the same in every run. */
export function keyOf(name: string): KeyPair {
  const known = keys.get(name) ?? keyPairFromSeed(createHash('sha256').update(name).digest());
  keys.set(name, known);
  return known;
}

const applications = ['app 0', 'app 1', 'app 2'].map(keyOf);
const nodes = Array.from({ length: 6 }, (_, index) => keyOf(`node ${index}`));
const people = ['treasury', 'backer 0', 'backer 1'].map(keyOf);
const settler = keyOf('settler');
const daoOwner = keyOf('dao owner');
const client = keyOf('client');
const everyone = [...applications, ...nodes, ...people, settler, daoOwner];
const aats = new Map(applications.map((key) => [key.publicKeyHex, makeAat(key, client.publicKeyHex)]));

/** Short sessions, windows and waiting times, so that a dozen blocks see everything. */
export const HISTORY_GENESIS: LedgerGenesis = {
  chainId: 'localnet',
  timeMs: 1_767_225_600_000,
  parameters: {
    daoOwner: daoOwner.addressHex,
    blocksPerSession: 2,
    sessionNodeCount: 3,
    claimSubmissionWindow: 2,
    claimExpiration: 3,
    minimumNumberOfProofs: 5,
    supportedBlockchains: [CHAIN],
    appUnstakingTime: 6n * SECOND,
    unstakingTime: 6n * SECOND,
    downtimeJailDuration: 4n * SECOND,
    maxJailedBlocks: 6,
    slashFractionDowntime: '0.01',
  },
  extensions: { backingTier2Blocks: 2, backingTier3Blocks: 4 },
  accounts: everyone.map(({ addressHex }) => ({ addressHex, balanceUpokt: 40_000n * POKT })),
  nodes: nodes.slice(0, 5).map((node, index) => ({
    publicKeyHex: node.publicKeyHex,
    stakeUpokt: (index === 4 ? 15_100n : 16_000n) * POKT,
    chains: [CHAIN],
    serviceUrl: `http://127.0.0.1:${5000 + index}`,
    settlerPublicKeyHex: settler.publicKeyHex,
    ...(index === 1 ? { outputAddressHex: people[0]?.addressHex ?? '' } : {}),
    ...(index === 2 ? { rewardDelegators: { [people[1]?.addressHex ?? '']: 30 } } : {}),
  })),
  applications: applications.slice(0, 2).map((key) => ({
    publicKeyHex: key.publicKeyHex,
    stakeUpokt: 100n * POKT,
    chains: [CHAIN],
  })),
};

/** Evidence that was claimed and may be proven. */
interface Claimed {
  readonly header: SessionHeader;
  readonly node: KeyPair;
  readonly tree: MerkleTree;
  readonly leafOf: (position: number) => ProofLeaf;
  readonly evidenceType: 1 | 2;
}

/** A reproducible source of numbers (mulberry32). */
export class Dice {
  #state: number;
  constructor(seed: number) {
    this.#state = seed >>> 0;
  }
  /** An integer from 0 to `limit - 1`. */
  below(limit: number): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let t = this.#state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) % limit;
  }
  pick<T>(items: readonly T[]): T {
    return items[this.below(items.length)] as T;
  }
}

/** Makes up what people, nodes and cheats send. Depends on the seed and on what the chain answers, and on nothing else. */
export class RandomHistory {
  readonly dice: Dice;
  #claimed: Claimed[] = [];
  #entropy = 0n;

  constructor(seed: number) {
    this.dice = new Dice(seed);
  }

  /** Transactions for the block after `height`; some valid, some not, some twice. */
  async next(history: History, height: number): Promise<Buffer[]> {
    const transactions: Buffer[] = [];
    const count = this.dice.below(4);
    for (let index = 0; index < count; index += 1) transactions.push(this.#ordinary());
    // A session that ended is claimed by most of its nodes in most histories.
    const { blocksPerSession } = await history.parameters(height);
    const ended = sessionStartHeight(Math.max(1, height), blocksPerSession) - blocksPerSession;
    if (ended >= 1 && this.dice.below(3) > 0) transactions.push(...(await this.#claims(history, ended)));
    transactions.push(...(await this.#proofs(history, height)));
    if (transactions.length > 0 && this.dice.below(4) === 0) transactions.push(this.dice.pick(transactions));
    return transactions;
  }

  #sign(signer: KeyPair, message: TransactionMessage, memo = ''): Buffer {
    this.#entropy += 1n;
    const entropy = this.#entropy;
    return signTransaction({ message, chainId: 'localnet', feeUpokt: 10_000n, memo, entropy, signer }).bytes;
  }

  #toSelf(signer: KeyPair, amountUpokt: bigint, memo: string): Buffer {
    const value = { fromAddressHex: signer.addressHex, toAddressHex: signer.addressHex, amountUpokt };
    return this.#sign(signer, { type: 'pos/Send', value }, memo);
  }

  #amount(): bigint {
    return BigInt(1 + this.dice.below(60_000)) * BigInt(this.dice.pick([1, 1_000, 1_000_000]));
  }

  #ordinary(): Buffer {
    const { dice } = this;
    const app = dice.pick(applications);
    const node = dice.pick(nodes);
    const person = dice.pick(people);
    switch (dice.below(17)) {
      case 0: {
        const from = dice.pick(everyone);
        const value = {
          fromAddressHex: from.addressHex,
          toAddressHex: dice.pick(everyone).addressHex,
          amountUpokt: this.#amount(),
        };
        return this.#sign(dice.below(9) === 0 ? person : from, { type: 'pos/Send', value });
      }
      case 1:
      case 2: {
        const value = {
          publicKeyHex: app.publicKeyHex,
          chains: dice.pick([[CHAIN], [CHAIN, '0001'], []]),
          valueUpokt: this.#amount(),
        };
        return this.#sign(app, { type: 'apps/MsgAppStake', value });
      }
      case 3:
        return this.#sign(app, { type: 'apps/MsgAppBeginUnstake', value: { applicationAddressHex: app.addressHex } });
      case 4: {
        const value = { publicKeyHex: dice.pick(applications).publicKeyHex, chains: [], valueUpokt: 0n };
        return this.#sign(app, { type: 'apps/MsgAppStake', value });
      }
      case 5:
      case 6: {
        const value = {
          publicKeyHex: node.publicKeyHex,
          chains: [CHAIN],
          valueUpokt: BigInt(14_900 + dice.below(4_000)) * POKT,
          serviceUrl: 'http://127.0.0.1:5999',
          outputAddressHex: dice.below(3) === 0 ? person.addressHex : null,
          settlerPublicKeyHex: settler.publicKeyHex,
        };
        return this.#sign(dice.pick([node, node, person]), { type: 'pos/MsgStake', value });
      }
      case 7: {
        const value = { validatorAddressHex: node.addressHex, signerAddressHex: node.addressHex };
        return this.#sign(node, { type: 'pos/MsgBeginUnstake', value });
      }
      case 8:
        return this.#sign(node, {
          type: 'pos/MsgUnjail',
          value: { addressHex: node.addressHex, signerAddressHex: node.addressHex },
        });
      case 9:
        return this.#toSelf(dice.below(5) === 0 ? person : daoOwner, 1n, instructionMemo.jail(node.addressHex));
      case 10: {
        const [parameterKey, parameterValue] = dice.pick([
          ['pos/DAOAllocation', '12'],
          ['pos/ProposerPercentage', '3'],
          ['pos/RelaysToTokensMultiplier', '777'],
          ['application/ApplicationBurnRate', '10000'],
          ['application/ApplicationBurnRate', '0.5'],
          ['application/BaseRelaysPerPOKT', '333'],
          ['pocketcore/SessionNodeCount', '2'],
          ['pocketcore/ClaimSubmissionWindow', '3'],
          ['pocketcore/ClaimExpiration', '2'],
          ['pos/BlocksPerSession', '3'],
          ['pos/BlocksPerSession', '0'],
          ['pos/StakeMinimum', '15500000000'],
          ['pos/NoSuchThing', '1'],
        ] as const);
        const signer = dice.below(4) === 0 ? person : daoOwner;
        const value = { fromAddressHex: signer.addressHex, parameterKey, parameterValue };
        return this.#sign(signer, { type: 'gov/msg_change_param', value });
      }
      case 11: {
        const action = dice.pick(['dao_transfer', 'dao_burn'] as const);
        const value = {
          fromAddressHex: daoOwner.addressHex,
          toAddressHex: person.addressHex,
          amountUpokt: this.#amount(),
          action,
        };
        return this.#sign(daoOwner, { type: 'gov/msg_dao_transfer', value });
      }
      case 12:
        return this.#toSelf(person, this.#amount(), instructionMemo.backApplication(app.addressHex));
      case 13:
        return this.#toSelf(person, this.#amount(), instructionMemo.takeBackFromApplication(app.addressHex));
      case 14: {
        const memo = dice.below(3) === 0 ? instructionMemo.removeFromBasket : instructionMemo.addToBasket;
        return this.#toSelf(people[0] ?? person, 1n, memo('farm', app.addressHex));
      }
      case 15:
        return this.#toSelf(person, this.#amount(), instructionMemo.backBasket('farm'));
      default:
        return this.#toSelf(person, this.#amount(), instructionMemo.takeBackFromBasket('farm'));
    }
  }

  async #claims(history: History, sessionHeight: number): Promise<Buffer[]> {
    const { dice } = this;
    const app = dice.pick(applications);
    const header: SessionHeader = { app_public_key: app.publicKeyHex, chain: CHAIN, session_height: sessionHeight };
    const members = await membersOf(history, header);
    if (members.length < 2) return [];
    const claims: Buffer[] = [];
    for (const node of members) {
      if (dice.below(3) === 0) continue;
      const claimed =
        dice.below(6) === 0 && members.length >= 3 ? this.#challenges(header, members) : this.#relays(header, node);
      this.#claimed.push(claimed);
      const inflated = dice.below(8) === 0 ? BigInt(dice.below(100)) : 0n;
      claims.push(
        this.#sign(dice.pick([claimed.node, settler]), {
          type: 'pocketcore/claim',
          value: {
            header,
            merkleRoot: claimed.tree.root,
            totalProofs: BigInt(claimed.tree.count) + inflated,
            fromAddressHex: claimed.node.addressHex,
            evidenceType: claimed.evidenceType,
            expirationHeight: 0,
          },
        }),
      );
    }
    return claims;
  }

  #relays(header: SessionHeader, node: KeyPair): Claimed {
    const repeats = this.dice.below(6) === 0;
    const count = 5 + this.dice.below(6);
    const proofs = Array.from({ length: count }, (_, index) => relayOf(header, node, repeats ? index >> 1 : index));
    const tree = MerkleTree.build(Buffer.concat(proofs.map((proof) => merkleLeafHash(relayProofPreimage(proof)))));
    const leafOf = (position: number): ProofLeaf => ({
      type: 'pocketcore/relay_proof',
      value: signedRelay(proofs[tree.inputIndexAt(position)] as RelayProof),
    });
    return { header, node, tree, leafOf, evidenceType: 1 };
  }

  #challenges(header: SessionHeader, members: readonly KeyPair[]): Claimed {
    const [first, second, liar] = members as [KeyPair, KeyPair, KeyPair];
    const challenges = Array.from({ length: 6 }, (_, index): Challenge => ({
      majorityResponses: [
        responseOf(header, first, index, '{"result":1}'),
        responseOf(header, second, index, '{"result":1}'),
      ],
      minorityResponse: responseOf(header, liar, index, this.dice.below(9) === 0 ? '{"result":1}' : '{"result":2}'),
      reportersAddressHex: first.addressHex,
    }));
    const tree = MerkleTree.build(
      Buffer.concat(challenges.map((challenge) => merkleLeafHash(challengePreimage(challenge)))),
    );
    const leafOf = (position: number): ProofLeaf => ({
      type: 'pocketcore/challenge_proof_invalid_data',
      value: challenges[tree.inputIndexAt(position)] as Challenge,
    });
    return { header, node: first, tree, leafOf, evidenceType: 2 };
  }

  /** Proofs of what was claimed: at their time most often, early or late or a second time now and then. */
  async #proofs(history: History, height: number): Promise<Buffer[]> {
    const proofs: Buffer[] = [];
    const forgotten = new Set<Claimed>();
    for (const claimed of this.#claimed) {
      const parameters = await history.parameters(claimed.header.session_height);
      const window = claimWindow(claimed.header.session_height, parameters);
      const isDue = height + 1 >= window.proofFrom;
      if (this.dice.below(isDue ? 2 : 40) > 0) continue;
      let index = this.dice.below(claimed.tree.count);
      if (isDue) {
        const fixing = await history.block(window.leafHashHeight + 1);
        const blockHash = fixing.block.header.last_block_id.hash.toLowerCase();
        index = requiredLeafIndex(blockHash, sessionHeaderHashHex(claimed.header), BigInt(claimed.tree.count));
        if (this.dice.below(12) === 0) index = (index + 1) % claimed.tree.count;
      }
      const message: TransactionMessage = {
        type: 'pocketcore/proof',
        value: {
          merkleProof: claimed.tree.prove(index),
          leaf: claimed.leafOf(index),
          evidenceType: claimed.evidenceType,
        },
      };
      proofs.push(this.#sign(this.dice.pick([claimed.node, settler]), message));
      if (this.dice.below(6) === 0) proofs.push(this.#sign(claimed.node, message));
      // Most are proven once; some are tried again in later blocks.
      if (isDue && this.dice.below(4) > 0) forgotten.add(claimed);
    }
    this.#claimed = this.#claimed.filter((claimed) => !forgotten.has(claimed));
    return proofs;
  }
}

async function membersOf(history: History, header: SessionHeader): Promise<KeyPair[]> {
  try {
    const session = await history.session(header, header.session_height);
    return session.nodes.map(({ address }) => nodes.find((node) => node.addressHex === address) as KeyPair);
  } catch {
    // Too few nodes are left: there is no session to claim.
    return [];
  }
}

function relayOf(header: SessionHeader, node: KeyPair, index: number): RelayProof {
  return {
    request_hash: createHash('sha256').update(String(index)).digest('hex'),
    entropy: BigInt(index),
    session_block_height: header.session_height,
    servicer_pub_key: node.publicKeyHex,
    blockchain: header.chain,
    aat: aats.get(header.app_public_key) as RelayProof['aat'],
    signature: '',
  };
}

function signedRelay(proof: RelayProof): RelayProof {
  return { ...proof, signature: signBytes(client, relayProofHash(proof)).toString('hex') };
}

function responseOf(header: SessionHeader, node: KeyPair, index: number, response: string): ChallengeResponse {
  const proof = signedRelay(relayOf(header, node, index));
  return { proof, response, signature: signRelayResponse(node, response, relayProofHash(proof).toString('hex')) };
}
