import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Claim,
  type KeyPair,
  type ProofMessage,
  type RelayProof,
  type SessionHeader,
  type TransactionMessage,
  makeAat,
  maxPossibleRelays,
  relayProofHash,
  sessionStartHeight,
  signBytes,
} from '#libs/protocol';
import { CHAIN, type Evidence, FEE, LedgerNetwork, POKT, keyOf } from './ledger-network.js';

/** A transaction that must be refused, and how. */
interface Forgery {
  readonly what: string;
  readonly code: number;
  readonly codespace?: string;
  readonly bytes: Buffer | Promise<Buffer>;
}

const LEAVES = 13;
const SESSION = 5;

/** Group order of ed25519: a signature with s + L would verify where s is not checked to be canonical. */
const ED25519_ORDER = 2n ** 252n + 27742317777372353535851937790883648493n;

function withHighS(signatureHex: string): string {
  const signature = Buffer.from(signatureHex, 'hex');
  let s = 0n;
  for (let index = 63; index >= 32; index -= 1) s = s * 256n + BigInt(signature[index] ?? 0);
  s += ED25519_ORDER;
  for (let index = 32; index < 64; index += 1) {
    signature[index] = Number(s % 256n);
    s /= 256n;
  }
  return signature.toString('hex');
}

describe('forged batches', () => {
  let network: LedgerNetwork;
  let header: SessionHeader;
  let members: KeyPair[];
  let outsider: KeyPair;
  let honest: KeyPair;
  let evidence: Evidence;
  let kinds = 0;

  beforeAll(async () => {
    network = await LedgerNetwork.start({
      nodes: 7,
      nodeChains: [CHAIN, '0001'],
      withoutSettler: 0,
      parameters: {
        minimumNumberOfProofs: 10,
        // A longer window than usual, so that every batch of forgeries falls into it.
        claimSubmissionWindow: 6,
        supportedBlockchains: [CHAIN, '0001', '0002'],
        daoOwner: keyOf('dao owner').addressHex,
      },
    });
    await network.stakeApplication(10_000n * POKT, [CHAIN, '0002']);
    await network.advanceTo(SESSION);
    header = network.header(SESSION);
    members = await network.sessionNodes(header);
    outsider = network.nodes.find((node) => !members.includes(node)) as KeyPair;
    // The honest node is one whose settler may sign for it.
    honest = members.find((node) => node !== network.nodes[0]) as KeyPair;
    evidence = network.evidence(header, honest, LEAVES);
    await network.advanceTo(SESSION + 4);
  });
  afterAll(() => network.stop());

  /** Hands all of them in, makes one block, and compares results and balances. */
  async function expectRefused(forgeries: readonly Forgery[]): Promise<void> {
    // An empty block first: the fees of the last one are distributed and stand in nobody's way.
    await network.produce();
    const before = await network.balances();
    const feesPaid = new Map<string, bigint>();
    const outcomes: Array<{ what: string; code: number; codespace: string }> = [];
    const admitted: Array<{ what: string; txHash: string }> = [];
    for (const forgery of forgeries) {
      const submitted = await network.ledger.submit(await forgery.bytes);
      if (submitted.code === 0) admitted.push({ what: forgery.what, txHash: submitted.txHash });
      else outcomes.push({ what: forgery.what, code: submitted.code, codespace: submitted.codespace });
    }
    const block = await network.produce();
    for (const { what, txHash } of admitted) {
      const included = block.transactions.find((transaction) => transaction.hash === txHash);
      outcomes.push({ what, code: included?.code ?? -1, codespace: included?.codespace ?? '' });
    }
    const signers = await network.dataSource.query<Array<{ account: string; paid: string }>>(
      `SELECT 'account/' || signer AS account, count(*)::text AS paid FROM ledger.transactions WHERE height = $1 GROUP BY signer`,
      [block.height],
    );
    for (const { account, paid } of signers) feesPaid.set(account, BigInt(paid) * FEE);
    const expected = forgeries.map(({ what, code, codespace = 'pocketcore' }) => ({ what, code, codespace }));
    const byName = (a: { what: string }, b: { what: string }): number => (a.what < b.what ? -1 : 1);
    expect(outcomes.sort(byName)).toEqual(expected.sort(byName));
    const after = await network.balances();
    const total = BigInt(admitted.length) * FEE;
    for (const account of new Set([...before.keys(), ...after.keys()])) {
      const change = (after.get(account) ?? 0n) - (before.get(account) ?? 0n);
      const fee = account === 'pool/fees' ? total : -(feesPaid.get(account) ?? 0n);
      expect({ account, change }).toEqual({ account, change: fee });
    }
    expect(block.mintedUpokt + block.burnedUpokt).toBe(0n);
    kinds += forgeries.length;
  }

  const claim = (changes: Partial<Claim>, node = honest, signer = network.settler): Buffer =>
    network.sign(signer, network.claimOf(header, node, evidence, changes));

  it('claims that are malformed are refused before they reach a block', async () => {
    const root = evidence.tree.root;
    await expectRefused([
      { what: 'no chain', code: 8, bytes: claim({ header: { ...header, chain: '' } }) },
      { what: 'no session height', code: 9, bytes: claim({ header: { ...header, session_height: 0 } }) },
      { what: 'fewer leaves than a tree needs', code: 11, bytes: claim({ totalProofs: 4n }) },
      { what: 'negative number of leaves', code: 11, bytes: claim({ totalProofs: -1n }) },
      {
        what: 'application key that is no key',
        code: 54,
        bytes: claim({ header: { ...header, app_public_key: 'zz' } }),
      },
      { what: 'no claimant', code: 22, bytes: claim({ fromAddressHex: '' }) },
      { what: 'short root hash', code: 62, bytes: claim({ merkleRoot: { ...root, hash: root.hash.subarray(1) } }) },
      { what: 'empty root range', code: 89, bytes: claim({ merkleRoot: { ...root, upper: 0n } }) },
      { what: 'root range from above zero', code: 73, bytes: claim({ merkleRoot: { ...root, lower: 1n } }) },
      { what: 'no evidence type', code: 84, bytes: claim({ evidenceType: 0 as 1 }) },
      { what: 'unknown evidence type', code: 5, bytes: claim({ evidenceType: 3 as 1 }) },
      { what: 'own expiration', code: 88, bytes: claim({ expirationHeight: 1_000 }) },
    ]);
    expect(await network.auditFailures()).toEqual([]);
  });

  it('transactions that nobody authorised are refused before they reach a block', async () => {
    const message = network.claimOf(header, honest, evidence);
    const signed = network.sign(network.settler, message);
    const tampered = Buffer.from(signed);
    tampered.writeUInt8(tampered.readUInt8(tampered.length - 1) ^ 1, tampered.length - 1);
    await expectRefused([
      { what: 'claim signed by a stranger', code: 4, codespace: 'sdk', bytes: network.sign(network.treasury, message) },
      { what: 'claim signed by another node', code: 4, codespace: 'sdk', bytes: network.sign(outsider, message) },
      {
        what: 'claim by the settler for a node that names none',
        code: 4,
        codespace: 'sdk',
        bytes: network.sign(network.settler, network.claimOf(header, network.nodes[0] as KeyPair, evidence)),
      },
      {
        what: 'signature for another chain',
        code: 4,
        codespace: 'sdk',
        bytes: network.sign(network.settler, message, { chainId: 'mainnet' }),
      },
      { what: 'bytes changed after signing', code: 4, codespace: 'sdk', bytes: tampered },
      { what: 'truncated bytes', code: 2, codespace: 'sdk', bytes: signed.subarray(0, -3) },
      {
        what: 'fee below the minimum',
        code: 14,
        codespace: 'sdk',
        bytes: network.sign(network.settler, message, { feeUpokt: FEE - 1n }),
      },
      {
        what: 'memo beyond the limit',
        code: 12,
        codespace: 'sdk',
        bytes: network.sign(network.settler, message, { memo: 'x'.repeat(257) }),
      },
      {
        what: 'signer without funds',
        code: 10,
        codespace: 'sdk',
        bytes: network.sign(keyOf('nobody'), {
          type: 'pos/Send',
          value: { fromAddressHex: keyOf('nobody').addressHex, toAddressHex: honest.addressHex, amountUpokt: 1n },
        }),
      },
    ]);
    expect(await network.auditFailures()).toEqual([]);
  });

  it('claims that the state contradicts are refused in their block, and pay the fee alone', async () => {
    const application = await network.ledger.application(network.application.addressHex, SESSION);
    const allowance = maxPossibleRelays({ maxRelays: application?.maxRelays ?? 0n, chains: 2, sessionNodeCount: 5 });
    const upperCase = { ...header, app_public_key: header.app_public_key.toUpperCase() };
    // Two blocks are made before the claims are judged.
    const running = sessionStartHeight((await network.ledger.height()) + 2, 4);
    const treasuryClaim = network.claimOf(header, network.treasury, evidence);
    await expectRefused([
      {
        what: 'session that still runs',
        code: 60,
        bytes: claim({ header: { ...header, session_height: running } }),
      },
      { what: 'session of the future', code: 60, bytes: claim({ header: { ...header, session_height: 401 } }) },
      { what: 'session off the grid', code: 60, bytes: claim({ header: { ...header, session_height: SESSION + 1 } }) },
      { what: 'fewer relays than the minimum', code: 49, bytes: claim({ totalProofs: 9n }) },
      { what: 'chain that is not supported', code: 53, bytes: claim({ header: { ...header, chain: '0003' } }) },
      { what: 'claimant that is no node', code: 48, bytes: network.sign(network.treasury, treasuryClaim) },
      {
        what: 'application that does not exist',
        code: 45,
        bytes: claim({ header: { ...header, app_public_key: keyOf('ghost').publicKeyHex } }),
      },
      { what: 'inflated count', code: 71, bytes: claim({ totalProofs: allowance + 1n }) },
      { what: 'count near 2^63', code: 71, bytes: claim({ totalProofs: 2n ** 63n - 1n }) },
      { what: 'chain that too few nodes serve', code: 17, bytes: claim({ header: { ...header, chain: '0002' } }) },
      { what: 'application key in upper case', code: 61, bytes: claim({ header: upperCase }) },
      {
        what: 'chain the application did not stake for',
        code: 13,
        bytes: claim({ header: { ...header, chain: '0001' } }),
      },
      {
        what: 'node that was not drawn',
        code: 14,
        bytes: claim({ fromAddressHex: outsider.addressHex }, outsider, outsider),
      },
    ]);
    expect(await network.ledger.claims(honest.addressHex)).toEqual([]);
  });

  it('proofs that come early, or whose leaf is forged, are refused', async () => {
    expect(await network.transact(network.settler, network.claimOf(header, honest, evidence))).toMatchObject({
      code: 0,
    });
    await expectRefused([
      {
        what: 'proof while claims are still accepted',
        code: 1,
        codespace: 'sdk',
        bytes: network.sign(network.settler, { type: 'pocketcore/proof', value: evidence.proof(0) }),
      },
    ]);
    await network.advanceTo(SESSION + 24);
    const index = await network.requiredIndex(header, LEAVES);
    const valid = evidence.proof(index);
    const leaf = valid.leaf.value as RelayProof;
    const stranger = keyOf('stranger');
    const foreign = makeAat(keyOf('foreign application'), network.client.publicKeyHex);

    const proof = (changes: Partial<ProofMessage>): Buffer =>
      network.sign(network.settler, { type: 'pocketcore/proof', value: { ...valid, ...changes } });
    /** The leaf changed, and signed anew by the client unless the signature is what is forged. */
    const withLeaf = (changes: Partial<RelayProof>, signer = network.settler): Buffer => {
      const changed = { ...leaf, ...changes };
      const signature = changes.signature ?? signBytes(network.client, relayProofHash(changed)).toString('hex');
      const message: TransactionMessage = {
        type: 'pocketcore/proof',
        value: { ...valid, leaf: { type: 'pocketcore/relay_proof', value: { ...changed, signature } } },
      };
      return network.sign(signer, message);
    };
    const path = valid.merkleProof;
    const other = evidence.proof((index + 1) % LEAVES);
    const firstSibling = path.siblings[0] as (typeof path.siblings)[number];
    const rest = path.siblings.slice(1);
    // The bound that must meet its neighbour's: which one depends on the side the leaf is on.
    const torn =
      index % 2 === 1
        ? { ...firstSibling, upper: firstSibling.upper + 1n }
        : { ...firstSibling, lower: firstSibling.lower - 1n };

    await expectRefused([
      {
        what: 'claim after the window',
        code: 69,
        bytes: claim(
          {},
          members.find((node) => node !== honest),
          members.find((node) => node !== honest),
        ),
      },
      { what: 'second claim of a claimed session after the window', code: 69, bytes: claim({}) },
      {
        what: 'wrong leaf',
        code: 49,
        bytes: network.sign(network.settler, { type: 'pocketcore/proof', value: other }),
      },
      {
        what: 'index moved to the required one',
        code: 66,
        bytes: proof({ merkleProof: { ...other.merkleProof, index }, leaf: other.leaf }),
      },
      {
        what: 'too few siblings',
        code: 63,
        bytes: proof({ merkleProof: { ...path, siblings: path.siblings.slice(0, 2) } }),
      },
      {
        what: 'one level short',
        code: 49,
        bytes: proof({ merkleProof: { ...path, siblings: path.siblings.slice(0, 3) } }),
      },
      {
        what: 'one level more',
        code: 49,
        bytes: proof({ merkleProof: { ...path, siblings: [...path.siblings, firstSibling] } }),
      },
      {
        what: 'empty target range',
        code: 89,
        bytes: proof({ merkleProof: { ...path, target: { ...path.target, upper: path.target.lower } } }),
      },
      {
        what: 'tampered target hash',
        code: 66,
        bytes: proof({ merkleProof: { ...path, target: { ...path.target, hash: Buffer.alloc(32, 7) } } }),
      },
      {
        what: 'torn range between siblings',
        code: 66,
        bytes: proof({ merkleProof: { ...path, siblings: [torn, ...rest] } }),
      },
      {
        what: 'tampered target range',
        code: 66,
        bytes: proof({ merkleProof: { ...path, target: { ...path.target, upper: path.target.upper + 1n } } }),
      },
      { what: 'relay leaf under challenge evidence', code: 5, bytes: proof({ evidenceType: 2 }) },
      { what: 'leaf that is not in the tree', code: 66, bytes: withLeaf({ entropy: 999n }) },
      { what: 'leaf with another request', code: 66, bytes: withLeaf({ request_hash: '00'.repeat(32) }) },
      { what: 'leaf of another session', code: 65, bytes: withLeaf({ session_block_height: 1 }) },
      { what: 'leaf of another chain', code: 65, bytes: withLeaf({ blockchain: '0001' }) },
      { what: 'swapped node', code: 65, bytes: withLeaf({ servicer_pub_key: outsider.publicKeyHex }, outsider) },
      {
        what: 'swapped node, signed by the first',
        code: 4,
        codespace: 'sdk',
        bytes: withLeaf({ servicer_pub_key: outsider.publicKeyHex }, honest),
      },
      { what: 'foreign AAT', code: 65, bytes: withLeaf({ aat: foreign }) },
      {
        what: 'AAT with another application key',
        code: 4,
        bytes: withLeaf({ aat: { ...leaf.aat, app_pub_key: foreign.app_pub_key } }),
      },
      {
        what: 'AAT with another client key',
        code: 4,
        bytes: withLeaf({ aat: { ...leaf.aat, client_pub_key: stranger.publicKeyHex } }),
      },
      {
        what: 'AAT with a forged signature',
        code: 4,
        bytes: withLeaf({ aat: { ...leaf.aat, signature: '00'.repeat(64) } }),
      },
      { what: 'AAT of another version', code: 4, bytes: withLeaf({ aat: { ...leaf.aat, version: '0.0.2' } }) },
      { what: 'client signature truncated', code: 38, bytes: withLeaf({ signature: leaf.signature.slice(0, 126) }) },
      { what: 'client signature that is not hex', code: 39, bytes: withLeaf({ signature: 'z'.repeat(128) }) },
      { what: 'client signature with high S', code: 41, bytes: withLeaf({ signature: withHighS(leaf.signature) }) },
      {
        what: 'client signature of a stranger',
        code: 41,
        bytes: withLeaf({ signature: signBytes(stranger, relayProofHash(leaf)).toString('hex') }),
      },
      {
        what: 'client signature of the node',
        code: 41,
        bytes: withLeaf({ signature: signBytes(honest, relayProofHash(leaf)).toString('hex') }),
      },
      { what: 'negative entropy', code: 29, bytes: withLeaf({ entropy: -1n }) },
      { what: 'request hash that is not hex', code: 52, bytes: withLeaf({ request_hash: 'zz'.repeat(32) }) },
      { what: 'short request hash', code: 62, bytes: withLeaf({ request_hash: '00'.repeat(31) }) },
      {
        what: 'proof by a node that claimed nothing',
        code: 65,
        bytes: proofOf(members.find((node) => node !== honest) as KeyPair),
      },
      {
        what: 'proof signed by a stranger',
        code: 4,
        codespace: 'sdk',
        bytes: network.sign(network.treasury, { type: 'pocketcore/proof', value: valid }),
      },
    ]);
    expect(await network.ledger.claims(honest.addressHex)).toHaveLength(1);
  });

  async function proofOf(node: KeyPair): Promise<Buffer> {
    return network.sign(node, await network.proofOf(header, network.evidence(header, node, LEAVES)));
  }

  it('the honest proof is paid once: again, and after a restart, it is refused with 65, and the same bytes are a duplicate', async () => {
    const bytes = network.sign(network.settler, await network.proofOf(header, evidence));
    const submitted = await network.ledger.submit(bytes);
    const block = await network.produce();
    expect(block.settlements).toHaveLength(1);
    expect(block.mintedUpokt).toBe(BigInt(LEAVES) * 10_000n);
    expect(await network.ledger.submit(bytes)).toMatchObject({ code: 6, codespace: 'auth', txHash: submitted.txHash });
    const again = network.sign(network.settler, await network.proofOf(header, evidence));
    await network.ledger.close();
    network.ledger = network.newLedger();
    await expectRefused([{ what: 'second proof', code: 65, bytes: again }]);
    expect(await network.auditFailures()).toEqual([]);
  });

  it('at least forty kinds were tried', () => {
    expect(kinds).toBeGreaterThanOrEqual(40);
  });
});

describe('a repeated leaf', () => {
  it('is a replay: code 86, nothing is paid, the stake is burned and the node that falls below the minimum is out', async () => {
    const network = await LedgerNetwork.start({ nodes: 6 });
    try {
      await network.stakeApplication(10_000n * POKT);
      await network.advanceTo(5);
      const header = network.header(5);
      // Every leaf is there twice. Of each pair one has an empty range: as target that is malformed (89), beside the target it is the
      // replay. Which one is drawn depends on the count, so every node claims another one.
      const members = await network.sessionNodes(header);
      const claims = members.map((node, index) => ({
        node,
        evidence: network.evidence(header, node, 16 + 2 * index, { repeats: true }),
      }));
      await network.advanceTo(8);
      for (const { node, evidence } of claims) {
        await network.submit(network.settler, network.claimOf(header, node, evidence));
      }
      await network.advanceTo(17);
      const drawn = await Promise.all(
        claims.map(async (claim) => {
          const count = claim.evidence.tree.count;
          return { ...claim, count, proof: claim.evidence.proof(await network.requiredIndex(header, count)) };
        }),
      );
      const replayed = drawn.find(({ proof }) => proof.merkleProof.target.lower < proof.merkleProof.target.upper);
      if (!replayed) throw new Error('every drawn leaf has an empty range');
      const { node, proof } = replayed;
      const supply = await network.ledger.supply();
      const result = await network.transact(network.settler, { type: 'pocketcore/proof', value: proof });
      expect(result).toMatchObject({ code: 86, codespace: 'pocketcore' });
      expect(await network.ledger.node(node.addressHex)).toBeNull();
      expect(await network.ledger.claims(node.addressHex)).toEqual([]);
      // The relays × 3 are worth less than a POKT; that leaves less than the minimum, so all 15,000 POKT burn.
      expect((await network.ledger.supply()).totalUpokt).toBe(supply.totalUpokt - 15_000n * POKT);
      expect(await network.ledger.settlements()).toMatchObject([
        { outcome: 'replay', coinsUpokt: 0n, burnedUpokt: 15_000n * POKT },
      ]);
      expect(await network.auditFailures()).toEqual([]);
    } finally {
      await network.stop();
    }
  });
});
