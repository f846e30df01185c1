import { blake2b } from '@noble/hashes/blake2.js';
import { describe, expect, it } from 'vitest';
import { blake2b256, hashParents, hashParentsWithReference } from './blake2b.js';
import {
  applicationMaxRelays,
  burnForRelays,
  type Challenge,
  checkChallenge,
  checkChallengeReceiver,
  checkClaim,
  checkProofAgainstClaim,
  checkTransactionSignature,
  type Claim,
  claimWindow,
  decodeAllParameters,
  decodeTransaction,
  encodeAllParameters,
  encodeTransaction,
  GENESIS_PARAMETERS,
  keyPairFromSeed,
  MAINNET_2024_PARAMETERS,
  makeAat,
  merkleLeafHash,
  MerkleTree,
  ProtocolError,
  relayProofHash,
  relayProofPreimage,
  rewardFor,
  signRelayResponse,
  signTransaction,
  sortRelayResponse,
  type TransactionMessage,
  verifyMerkleProof,
  withParameter,
} from './index.js';

const application = keyPairFromSeed(Buffer.alloc(32, 1));
const client = keyPairFromSeed(Buffer.alloc(32, 2));
const nodes = [3, 4, 5].map((byte) => keyPairFromSeed(Buffer.alloc(32, byte)));
const [node] = nodes as [(typeof nodes)[number]];
const aat = makeAat(application, client.publicKeyHex);

function codeOf(run: () => unknown): number | null {
  try {
    run();
    return null;
  } catch (error) {
    if (error instanceof ProtocolError) return error.code;
    throw error;
  }
}

const relay = (entropy: number, servicer = node) => ({
  request_hash: 'ab'.repeat(32),
  entropy: BigInt(entropy),
  session_block_height: 5,
  servicer_pub_key: servicer.publicKeyHex,
  blockchain: '0021',
  aat,
  signature: '',
});
const leaves = Array.from({ length: 13 }, (_, index) => relayProofPreimage(relay(index)));
const tree = MerkleTree.build(Buffer.concat(leaves.map(merkleLeafHash)));
const claim: Claim = {
  header: { app_public_key: application.publicKeyHex, chain: '0021', session_height: 5 },
  merkleRoot: tree.root,
  totalProofs: 13n,
  fromAddressHex: node.addressHex,
  evidenceType: 1,
  expirationHeight: 0,
};

describe('the money', () => {
  it('of 10,000 relays at genesis is 100 POKT, split 89, 10 and 1', () => {
    expect(
      rewardFor({ relays: 10_000n, chain: '0021', stakeUpokt: 15_000_000_000n, params: GENESIS_PARAMETERS }),
    ).toEqual({
      coinsUpokt: 100_000_000n,
      nodeUpokt: 89_000_000n,
      feesUpokt: 11_000_000n,
      daoUpokt: 10_000_000n,
      proposerUpokt: 1_000_000n,
    });
  });

  it('25,000 POKT buy 41,750 relays a session', () => {
    expect(applicationMaxRelays(25_000_000_000n, GENESIS_PARAMETERS)).toBe(41_750n);
  });

  it('is nothing for a node below one floor of stake, and a burn never exceeds the stake', () => {
    const params = MAINNET_2024_PARAMETERS;
    expect(rewardFor({ relays: 10n, chain: '', stakeUpokt: 14_999_999_999n, params }).coinsUpokt).toBe(0n);
    expect(burnForRelays({ relays: 10n ** 15n, stakeUpokt: 15_000_000_000n, params })).toBe(15_000_000_000n);
  });
});

describe('parameters', () => {
  it.each([GENESIS_PARAMETERS, MAINNET_2024_PARAMETERS])('survive the answer of allparams', (preset) => {
    const other = preset === GENESIS_PARAMETERS ? MAINNET_2024_PARAMETERS : GENESIS_PARAMETERS;
    expect(decodeAllParameters(encodeAllParameters(preset), other)).toEqual(preset);
  });

  it('change one at a time, by governance text with or without quotes', () => {
    expect(withParameter(GENESIS_PARAMETERS, 'pos/BlocksPerSession', '"8"').blocksPerSession).toBe(8);
    expect(withParameter(GENESIS_PARAMETERS, 'pos/BlocksPerSession', '8').blocksPerSession).toBe(8);
    expect(() => withParameter(GENESIS_PARAMETERS, 'pos/BlocksPerSession', '-1')).toThrow('is not a count');
    expect(() => withParameter(GENESIS_PARAMETERS, 'pos/Unheard', '1')).toThrow('unknown parameter');
  });
});

describe('a claim', () => {
  const claimWith = (changes: Partial<Claim>): Claim => ({ ...claim, ...changes });
  it.each([
    [null, {}],
    [8, { header: { ...claim.header, chain: '' } }],
    [9, { header: { ...claim.header, session_height: 0 } }],
    [11, { totalProofs: 4n }],
    [54, { header: { ...claim.header, app_public_key: 'aa' } }],
    [22, { fromAddressHex: '' }],
    [62, { merkleRoot: { ...tree.root, hash: Buffer.alloc(31) } }],
    [89, { merkleRoot: { ...tree.root, upper: 0n } }],
    [73, { merkleRoot: { ...tree.root, lower: 1n } }],
    [84, { evidenceType: 0 as 1 }],
    [5, { evidenceType: 3 as 1 }],
    [88, { expirationHeight: 1 }],
  ])('is checked with code %s', (code, changes) => {
    expect(codeOf(() => checkClaim(claimWith(changes)))).toBe(code);
  });

  it('is accepted in sessions 2 to 4 and proven after them', () => {
    expect(claimWindow(5, { blocksPerSession: 4, claimSubmissionWindow: 3 })).toEqual({
      claimFrom: 9,
      claimTo: 17,
      proofFrom: 18,
      leafHashHeight: 16,
    });
  });

  it('is proven by the required leaf only', () => {
    const proof = tree.prove(4);
    const leaf = leaves[tree.inputIndexAt(4)] as Buffer;
    const against = (changes: Partial<typeof proof>, preimage = leaf, required = 4) =>
      codeOf(() => checkProofAgainstClaim(claim, { ...proof, ...changes }, preimage, required));
    expect(against({})).toBeNull();
    expect(against({}, leaf, 5)).toBe(49);
    expect(against({ siblings: proof.siblings.slice(1) })).toBe(49);
    expect(against({}, leaves[tree.inputIndexAt(5)])).toBe(66);
    const swapped = proof.siblings.map((sibling, level) =>
      level === 0 ? { ...sibling, hash: Buffer.alloc(32) } : sibling,
    );
    expect(against({ siblings: swapped })).toBe(86);
  });
});

describe('the tree', () => {
  it('is hashed alike by the kernel and by the audited library', () => {
    for (let length = 0; length < 400; length += 7) {
      const message = Buffer.alloc(length, length & 0xff);
      expect(blake2b256(message)).toEqual(Buffer.from(blake2b(message, { dkLen: 32 })));
    }
    const children = Buffer.alloc(64 * 5000, 7);
    children.forEach((_, index) => (children[index] = (index * 131) & 0xff));
    const bounds = Uint32Array.from({ length: 2 * 10_001 }, (_, index) => index * 97);
    for (const withIndex of [true, false]) {
      const [fast, slow] = [new Uint8Array(32 * 5000), new Uint8Array(32 * 5000)];
      hashParents(children, bounds, fast, withIndex);
      hashParentsWithReference(children, new Uint8Array(bounds.buffer), slow, withIndex);
      expect(Buffer.compare(fast, slow)).toBe(0);
    }
  });

  it('has another root before the codec upgrade, and its proofs verify there only', () => {
    const old = MerkleTree.build(Buffer.concat(leaves.map(merkleLeafHash)), { beforeCodecUpgrade: true });
    const leaf = leaves[old.inputIndexAt(2)] as Buffer;
    expect(old.root.hash).not.toEqual(tree.root.hash);
    expect(verifyMerkleProof(old.root, leaf, old.prove(2), 13, { beforeCodecUpgrade: true })).toBe('valid');
    expect(verifyMerkleProof(old.root, leaf, old.prove(2), 13)).toBe('replay');
  });

  it('of a single leaf is that leaf, and of none is refused', () => {
    const single = MerkleTree.build(merkleLeafHash(leaves[0] as Buffer));
    expect(single.prove(0)).toEqual({ index: 0, siblings: [], target: single.root });
    expect(codeOf(() => MerkleTree.build(new Uint8Array(0)))).toBe(67);
    expect(codeOf(() => single.prove(1))).toBe(68);
  });
});

describe('a challenge', () => {
  const answer = (index: number, response: string, changes: object = {}) => {
    const servicer = nodes[index] as typeof node;
    const proof = { ...relay(index, servicer), ...changes };
    const hash = relayProofHash(proof).toString('hex');
    return { signature: signRelayResponse(servicer, response, hash), response, proof };
  };
  const challenge = (changes: Partial<Challenge> = {}): Challenge => ({
    majorityResponses: [answer(0, '{"a":1,"b":2}'), answer(1, '{"b":2,"a":1}')],
    minorityResponse: answer(2, '{"a":1,"b":3}'),
    reportersAddressHex: client.addressHex,
    ...changes,
  });

  it.each([
    [null, {}],
    [77, { minorityResponse: answer(1, '{"a":2}') }],
    [78, { minorityResponse: answer(2, '{"a":2}', { request_hash: 'cd'.repeat(32) }) }],
    [79, { minorityResponse: answer(2, '{"a":2}', { aat: makeAat(client, client.publicKeyHex) }) }],
    [80, { minorityResponse: answer(2, '{"a":2}', { session_block_height: 9 }) }],
    [81, { minorityResponse: answer(2, '{"a":2}', { blockchain: '0001' }) }],
    [82, { minorityResponse: answer(2, '{"b":2,"a":1}') }],
    [55, { minorityResponse: { ...answer(2, '{"a":2}'), signature: 'zz' } }],
    [41, { minorityResponse: { ...answer(2, '{"a":2}'), response: '{"a":3}' } }],
  ])('is checked with code %s', (code, changes) => {
    expect(codeOf(() => checkChallenge(challenge(changes), ['0021']))).toBe(code);
  });

  it('needs a staked chain, a receiver in the session and a free allowance', () => {
    const receiver = {
      receiverAddressHex: node.addressHex,
      sessionNodeAddressesHex: [node.addressHex],
      challengesSoFar: 1n,
      allowance: 1n,
    };
    expect(codeOf(() => checkChallenge(challenge(), ['0001']))).toBe(13);
    expect(codeOf(() => checkChallengeReceiver({ ...receiver, sessionNodeAddressesHex: [] }))).toBe(83);
    expect(codeOf(() => checkChallengeReceiver(receiver))).toBe(71);
  });

  it('compares answers as nodes sort them, numbers through float64', () => {
    expect(sortRelayResponse('{"b":12345678901234567890,"a":[1e21,"<"],"a2":-0}')).toBe(
      '{"a":[1e+21,"\\u003c"],"a2":-0,"b":12345678901234567000}',
    );
    expect(sortRelayResponse('[{"b":1,"a":2}]')).toBe('[{"b":1,"a":2}]');
  });
});

describe('a transaction', () => {
  const stake: TransactionMessage = {
    type: 'pos/MsgStake',
    value: {
      publicKeyHex: node.publicKeyHex,
      chains: ['0021'],
      valueUpokt: 15_000_000_000n,
      serviceUrl: 'https://node.example:8081',
      outputAddressHex: client.addressHex,
    },
  };
  const messages: readonly TransactionMessage[] = [
    stake,
    {
      ...stake,
      value: { ...stake.value, settlerPublicKeyHex: client.publicKeyHex, rewardDelegators: { aa: 5, bb: 6 } },
    },
    {
      type: 'pos/Send',
      value: { fromAddressHex: node.addressHex, toAddressHex: client.addressHex, amountUpokt: 2n ** 80n },
    },
    {
      type: 'pos/MsgBeginUnstake',
      value: { validatorAddressHex: node.addressHex, signerAddressHex: client.addressHex },
    },
    { type: 'pos/MsgUnjail', value: { addressHex: node.addressHex, signerAddressHex: node.addressHex } },
    { type: 'pocketcore/claim', value: claim },
    {
      type: 'pocketcore/proof',
      value: { merkleProof: tree.prove(3), leaf: { type: 'pocketcore/relay_proof', value: relay(3) }, evidenceType: 1 },
    },
    {
      type: 'gov/msg_change_param',
      value: { fromAddressHex: node.addressHex, parameterKey: 'pos/StakeMinimum', parameterValue: '"1"' },
    },
    {
      type: 'gov/msg_dao_transfer',
      value: {
        fromAddressHex: node.addressHex,
        toAddressHex: client.addressHex,
        amountUpokt: 1n,
        action: 'dao_transfer',
      },
    },
  ];
  const sign = (message: TransactionMessage) =>
    signTransaction({ message, chainId: 'localnet', feeUpokt: 10_000n, memo: '<memo>', entropy: -7n, signer: node });

  it.each(messages.map((message) => [message.type, message] as const))(
    '%s survives the wire and keeps its signature',
    (_type, message) => {
      const { bytes, hashHex } = sign(message);
      const decoded = decodeTransaction(bytes);
      expect(decoded).toMatchObject({ message, memo: '<memo>', entropy: -7n, feeUpokt: 10_000n, hashHex });
      expect(encodeTransaction(decoded)).toEqual(bytes);
      expect(checkTransactionSignature(decoded, 'localnet')).toBe(true);
      expect(checkTransactionSignature(decoded, 'mainnet')).toBe(false);
      expect(checkTransactionSignature({ ...decoded, feeUpokt: 10_001n }, 'localnet')).toBe(false);
    },
  );

  it('of a node without a settler has nothing that pocket-core does not know', () => {
    const plain = sign(stake).bytes.toString('latin1');
    expect(plain).toContain('/x.nodes.MsgProtoStake8');
    expect(plain).not.toContain(Buffer.from(client.publicKeyHex, 'hex').toString('latin1'));
  });

  it('is refused with bytes behind it, a truncated body or another coin', () => {
    const { bytes } = sign(stake);
    expect(() => decodeTransaction(Buffer.concat([bytes, Buffer.alloc(1)]))).toThrow('length prefix');
    expect(() => decodeTransaction(bytes.subarray(0, -1))).toThrow('length prefix');
    expect(() => decodeTransaction(Buffer.from(bytes.toString('latin1').replace('upokt', 'gokto'), 'latin1'))).toThrow(
      'upokt',
    );
  });
});
