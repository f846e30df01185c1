import {
  GENESIS_PARAMETERS,
  MerkleTree,
  type MerkleNode,
  checkProofAgainstClaim,
  relayProofPreimage,
  requiredLeafIndex,
  rewardFor,
  sessionHeaderHashHex,
} from '#libs/protocol';
import { type Receipt, type SessionRef, decodeChunk } from '#libs/receipts';
import { summariseChunk } from '../../libs/usage/src/summarise-chunk.js';
import { LeafHasher, relayProofOf } from '../../libs/settlement/src/leaf-hasher.js';
import { type ClaimLeaves, LeafSet } from '../../libs/settlement/src/leaf-set.js';
import { signatureOf } from './simulated-gateway.js';
import type { World } from './world.js';

const PROOFS_MIN = 5;
const ALLOWANCE = 1_000n;
const NODE_STAKE_UPOKT = 15_000_000_000n;

interface StoredChunk {
  readonly chunkId: string;
  readonly receipts: readonly Receipt[];
  readonly attempt: number;
}

/** The ledger's books: claims that stand, and what was paid for proven ones. */
class Ledger {
  readonly #claims = new Map<string, { readonly root: MerkleNode; readonly totalProofs: bigint }>();
  readonly #transactions = new Set<string>();
  paidRelays = 0n;
  mintedUpokt = 0n;

  /** A transaction that was taken before is not taken again; a larger claim overwrites a smaller one. */
  claim(transaction: string, key: string, root: MerkleNode, totalProofs: bigint): void {
    if (this.#transactions.has(transaction)) return;
    this.#transactions.add(transaction);
    this.#claims.set(key, { root, totalProofs });
  }

  claimOf(key: string): { readonly root: MerkleNode; readonly totalProofs: bigint } | null {
    return this.#claims.get(key) ?? null;
  }

  pay(transaction: string, key: string): void {
    const claim = this.#claims.get(key);
    if (this.#transactions.has(transaction) || claim === undefined) return;
    this.#transactions.add(transaction);
    this.#claims.delete(key);
    const { coinsUpokt } = rewardFor({
      relays: claim.totalProofs,
      chain: '0021',
      stakeUpokt: NODE_STAKE_UPOKT,
      params: GENESIS_PARAMETERS,
    });
    this.paidRelays += claim.totalProofs;
    this.mintedUpokt += coinsUpokt;
  }
}

/**
 * Settles what is stored with the product's leaves, tree, leaf choice, proof check and reward: a claim, perhaps a larger one after late
 * chunks, a crash after each step with the same bytes handed in again, and the proof. Returns the first promise found broken, or null.
 */
export function settleSessions(world: World): string | null {
  const { random, mutation, store } = world;
  const chunks: StoredChunk[] = [...store.chunks]
    .map(([chunkId, { bytes }]) => ({
      chunkId,
      receipts: [...decodeChunk(bytes)],
      attempt: random.chance(0.7) ? 1 : 2,
    }))
    .toSorted((a, b) => a.attempt - b.attempt || (a.chunkId < b.chunkId ? -1 : 1));
  const ledger = new Ledger();
  let accounted = 0;
  let proven = 0n;
  let mintedUpokt = 0n;
  for (const session of world.sessions) {
    for (const node of world.nodes) {
      const key = `${session.sessionHeight}/${node}`;
      const attemptMax = random.chance(0.7) ? 2 : 1;
      let claimedAttempt = 0;
      for (let attempt = 1; attempt <= attemptMax; attempt += 1) {
        const { leaves } = leavesOf(chunks, session, node, attempt, mutation === 'copies-claimed');
        if (leaves.count < PROOFS_MIN) continue;
        const { root } = MerkleTree.build(leaves.hashes);
        const transaction = `claim/${key}/${root.hash.toString('hex')}`;
        // Once, and again after a crash between submission and its record.
        for (let times = random.chance(0.3) ? 2 : 1; times > 0; times -= 1)
          ledger.claim(transaction, key, root, BigInt(leaves.count));
        claimedAttempt = attempt;
      }
      const all = leavesOf(chunks, session, node, 2, false);
      const tally = store.tallies.get(`${session.applicationPublicKeyHex}/${session.chain}/${key}`) ?? 0;
      if (all.examined !== tally) return `session ${key}: tallies say ${tally} receipts, chunks hold ${all.examined}`;
      if (all.invalid > 0) return `session ${key}: ${all.invalid} receipts of honest nodes do not verify`;
      if (claimedAttempt === 0) {
        accounted += all.examined;
        continue;
      }
      const shown = mutation === 'proof-of-all-chunks' ? 2 : claimedAttempt;
      const covered = leavesOf(chunks, session, node, shown, mutation === 'copies-claimed');
      const refused = prove(ledger, session, key, covered, random.bytes(32).toString('hex'));
      if (refused !== null) return `session ${key}: the proof is refused: ${refused}`;
      for (let times = random.chance(0.3) ? 2 : 1; times > 0; times -= 1) ledger.pay(`proof/${key}`, key);
      const late = all.examined - covered.examined;
      accounted += covered.leaves.count + covered.leaves.duplicates + covered.leaves.overService + late;
      proven += BigInt(covered.leaves.count);
      mintedUpokt += rewardFor({
        relays: BigInt(covered.leaves.count),
        chain: '0021',
        stakeUpokt: NODE_STAKE_UPOKT,
        params: GENESIS_PARAMETERS,
      }).coinsUpokt;
      if (covered.leaves.duplicates > 0) return `session ${key}: ${covered.leaves.duplicates} relays are stored twice`;
    }
  }
  if (accounted !== world.oracle.storedReceipts)
    return `${world.oracle.storedReceipts} receipts are stored, ${accounted} are settled or refused`;
  if (ledger.paidRelays !== proven) return `${proven} relays are proven, ${ledger.paidRelays} are paid`;
  if (ledger.mintedUpokt !== mintedUpokt) return `${mintedUpokt} uPOKT are owed, ${ledger.mintedUpokt} are minted`;
  return invoiceInAnyOrder(world, chunks);
}

interface Collected {
  readonly leaves: ClaimLeaves;
  readonly proofOf: ReadonlyMap<string, Receipt>;
  readonly examined: number;
  readonly invalid: number;
}

function leavesOf(
  chunks: readonly StoredChunk[],
  session: SessionRef,
  node: string,
  attempt: number,
  keepsCopies: boolean,
): Collected {
  const set = new LeafSet();
  const hasher = new LeafHasher();
  const proofOf = new Map<string, Receipt>();
  let examined = 0;
  let invalid = 0;
  for (const [number, chunk] of chunks.entries()) {
    if (chunk.attempt > attempt) continue;
    for (const receipt of chunk.receipts) {
      if (receipt.nodePublicKeyHex !== node || receipt.session.sessionHeight !== session.sessionHeight) continue;
      examined += 1;
      if (!signatureOf(receipt.responseHash).equals(receipt.nodeSignature)) {
        invalid += 1;
        continue;
      }
      const hash = hasher.hash(receipt);
      proofOf.set(hash.toString('hex'), receipt);
      // A copy as a journal that was restored from a backup would bring; without the bug it is left out again.
      const times = keepsCopies && examined === 1 ? 2 : 1;
      for (let n = 0; n < times; n += 1) set.add(hash, number);
    }
  }
  const leaves = set.finish(ALLOWANCE);
  if (!keepsCopies || leaves.duplicates === 0) return { leaves, proofOf, examined, invalid };
  const hashes = Buffer.concat([leaves.hashes, leaves.hashes.subarray(0, 32)]);
  return { leaves: { ...leaves, hashes, count: leaves.count + 1, duplicates: 0 }, proofOf, examined, invalid };
}

function prove(
  ledger: Ledger,
  session: SessionRef,
  key: string,
  covered: Collected,
  blockHashHex: string,
): string | null {
  const claim = ledger.claimOf(key);
  if (claim === null) return 'no claim';
  const header = {
    app_public_key: session.applicationPublicKeyHex,
    chain: session.chain,
    session_height: session.sessionHeight,
  };
  const tree = MerkleTree.build(covered.leaves.hashes);
  const index = requiredLeafIndex(blockHashHex, sessionHeaderHashHex(header), claim.totalProofs);
  if (index >= tree.count) return 'the drawn leaf is not in the tree';
  const proof = tree.prove(index);
  const receipt = covered.proofOf.get(proof.target.hash.toString('hex'));
  if (receipt === undefined) return 'the drawn leaf belongs to no receipt';
  try {
    checkProofAgainstClaim(
      {
        header,
        merkleRoot: claim.root,
        totalProofs: claim.totalProofs,
        fromAddressHex: 'aa'.repeat(20),
        evidenceType: 1,
        expirationHeight: 0,
      },
      proof,
      relayProofPreimage(relayProofOf(receipt)),
      index,
    );
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** The same chunks in another order, some of them twice, give the same invoice. */
function invoiceInAnyOrder(world: World, chunks: readonly StoredChunk[]): string | null {
  const totals = new Map<string, number>();
  const seen = new Set<string>();
  const shuffled = [...chunks, ...chunks.slice(0, 2)]
    .map((chunk) => ({ chunk, order: world.random.next() }))
    .toSorted((a, b) => a.order - b.order);
  for (const { chunk } of shuffled) {
    if (seen.has(chunk.chunkId)) continue;
    seen.add(chunk.chunkId);
    for (const row of summariseChunk(chunk.receipts).usage) {
      const key = `${row.day}/${row.applicationId}`;
      totals.set(key, (totals.get(key) ?? 0) + row.billableRelays * 1_000_000 + row.bytesOut);
    }
  }
  for (const row of world.store.usage.values()) {
    const key = `${row.day}/${row.applicationId}`;
    totals.set(key, (totals.get(key) ?? 0) - row.billable * 1_000_000 - row.bytesOut);
  }
  const wrong = [...totals].find(([, difference]) => difference !== 0);
  return wrong === undefined
    ? null
    : `the invoice of ${wrong[0]} differs when its chunks are replayed in another order`;
}
