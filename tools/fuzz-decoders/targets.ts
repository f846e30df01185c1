import {
  challengePreimage,
  type Claim,
  createRelayFactory,
  decodeAbciHeader,
  decodeAllParameters,
  decodeChallenge,
  decodeDispatchAnswer,
  decodeRelayAnswer,
  decodeRelayRequest,
  decodeTransaction,
  type DispatchAnswer,
  encodeAbciHeader,
  encodeAllParameters,
  encodeChallenge,
  encodeRelayError,
  encodeRelaySuccess,
  encodeTransaction,
  GENESIS_PARAMETERS,
  keyPairFromSeed,
  makeAat,
  merkleLeafHash,
  MerkleTree,
  pocketError,
  readJson,
  relayProofPreimage,
  type RelayProof,
  signBytes,
  signTransaction,
  sortRelayResponse,
  type TransactionMessage,
  withParameter,
} from '#libs/protocol';

/** A decoder with inputs that it accepts, from which hostile ones are made. */
export interface FuzzTarget {
  readonly name: string;
  readonly samples: readonly Buffer[];
  /** Decodes, and where there is an encoder, encodes again. */
  run(input: Buffer): void;
}

const application = keyPairFromSeed(Buffer.alloc(32, 1));
const client = keyPairFromSeed(Buffer.alloc(32, 2));
const node = keyPairFromSeed(Buffer.alloc(32, 3));
const aat = makeAat(application, client.publicKeyHex);

function relayProof(entropy: number): RelayProof {
  return {
    request_hash: 'ab'.repeat(32),
    entropy: BigInt(entropy),
    session_block_height: 1001,
    servicer_pub_key: node.publicKeyHex,
    blockchain: '0021',
    aat,
    signature: 'cd'.repeat(64),
  };
}

const relayRequests = [null, {}, { 'Content-Type': 'application/json', 'x-<&>': '\u2028' }].map((headers, index) => {
  const draft = createRelayFactory({
    aat,
    chain: '0021',
    sessionHeight: 1001,
    servicerPublicKeyHex: node.publicKeyHex,
  }).draft(
    {
      data: '{"jsonrpc":"2.0","method":"eth_call","params":["\u00e9\ud83d\ude00\b"],"id":1}',
      method: 'POST',
      path: '',
      headers,
    },
    1003,
    BigInt(index),
  );
  return draft.finish(signBytes(client, draft.proofHash));
});

const dispatch: DispatchAnswer = {
  block_height: 7,
  session: {
    header: { app_public_key: application.publicKeyHex, chain: '0021', session_height: 5 },
    key: Buffer.alloc(32, 7).toString('base64'),
    nodes: [1, 2, 3].map((byte) => ({
      address: Buffer.alloc(20, byte).toString('hex'),
      public_key: Buffer.alloc(32, byte).toString('hex'),
      service_url: 'https://node.example:8081',
      chains: ['0001', '0021'],
      jailed: false,
      status: 2,
      tokens: '15000000000',
      output_address: '',
      unstaking_time: '0001-01-01T00:00:00Z',
      reward_delegators: byte === 1 ? { [Buffer.alloc(20, 9).toString('hex')]: 10 } : null,
    })),
  },
};
const dispatchBody = Buffer.from(encodeRelayError(pocketError(60), dispatch));

const tree = MerkleTree.build(
  Buffer.concat(Array.from({ length: 13 }, (_, index) => merkleLeafHash(relayProofPreimage(relayProof(index))))),
);
const claim: Claim = {
  header: { app_public_key: application.publicKeyHex, chain: '0021', session_height: 1001 },
  merkleRoot: tree.root,
  totalProofs: 13n,
  fromAddressHex: node.addressHex,
  evidenceType: 1,
  expirationHeight: 0,
};
const response = (byte: number) => ({
  signature: 'ef'.repeat(64),
  response: `{"result":${byte}}`,
  proof: relayProof(byte),
});
const challenge = {
  majorityResponses: [response(1), response(1)] as const,
  minorityResponse: response(2),
  reportersAddressHex: client.addressHex,
};

const messages: readonly TransactionMessage[] = [
  { type: 'pos/Send', value: { fromAddressHex: client.addressHex, toAddressHex: node.addressHex, amountUpokt: 5n } },
  {
    type: 'apps/MsgAppStake',
    value: { publicKeyHex: application.publicKeyHex, chains: ['0021', '0040'], valueUpokt: 10n },
  },
  { type: 'apps/MsgAppBeginUnstake', value: { applicationAddressHex: application.addressHex } },
  {
    type: 'pos/MsgStake',
    value: {
      publicKeyHex: node.publicKeyHex,
      chains: ['0021'],
      valueUpokt: 15_000_000_000n,
      serviceUrl: 'https://node.example:8081',
      outputAddressHex: client.addressHex,
      rewardDelegators: { [application.addressHex]: 10 },
      settlerPublicKeyHex: client.publicKeyHex,
    },
  },
  { type: 'pos/MsgBeginUnstake', value: { validatorAddressHex: node.addressHex, signerAddressHex: node.addressHex } },
  { type: 'pos/MsgUnjail', value: { addressHex: node.addressHex, signerAddressHex: null } },
  { type: 'pocketcore/claim', value: claim },
  {
    type: 'pocketcore/proof',
    value: {
      merkleProof: tree.prove(4),
      leaf: { type: 'pocketcore/relay_proof', value: relayProof(4) },
      evidenceType: 1,
    },
  },
  {
    type: 'pocketcore/proof',
    value: {
      merkleProof: tree.prove(4),
      leaf: { type: 'pocketcore/challenge_proof_invalid_data', value: challenge },
      evidenceType: 2,
    },
  },
  {
    type: 'gov/msg_change_param',
    value: { fromAddressHex: client.addressHex, parameterKey: 'pos/BlocksPerSession', parameterValue: '"4"' },
  },
  {
    type: 'gov/msg_dao_transfer',
    value: { fromAddressHex: client.addressHex, toAddressHex: null, amountUpokt: 1n, action: 'dao_burn' },
  },
  {
    type: 'gov/msg_upgrade',
    value: { addressHex: client.addressHex, height: 9, version: '0.12.0', oldUpgradeHeight: 3 },
  },
];
const transactions = messages.map(
  (message) =>
    signTransaction({ message, chainId: 'mainnet', feeUpokt: 10_000n, memo: 'm\u2028', entropy: -42n, signer: client })
      .bytes,
);

const abciHeader = encodeAbciHeader({
  versionBlock: 10n,
  versionApp: 1n,
  chainId: 'mainnet',
  height: 5n,
  time: { seconds: 1_700_000_000n, nanos: 5 },
  numTxs: 1n,
  totalTxs: 2n,
  lastBlockHash: Buffer.alloc(32, 1),
  partsTotal: 1n,
  partsHash: Buffer.alloc(32, 2),
  lastCommitHash: Buffer.alloc(32, 3),
  dataHash: Buffer.alloc(32, 4),
  validatorsHash: Buffer.alloc(32, 5),
  nextValidatorsHash: Buffer.alloc(32, 6),
  consensusHash: Buffer.alloc(32, 7),
  appHash: Buffer.alloc(32, 8),
  lastResultsHash: Buffer.alloc(32, 9),
  evidenceHash: Buffer.alloc(32, 10),
  proposerAddress: Buffer.alloc(20, 11),
});

const meshError = Buffer.from(
  JSON.stringify({
    dispatch: null,
    error: {
      code: 1,
      codespace: 'sdk',
      message: 'ERROR:\nCodespace: pocketcore\nCode: 60\nMessage: "the block height passed is invalid"\n',
    },
    signature: false,
  }),
);

/** Every decoder of the library that meets bytes from outside. */
export const FUZZ_TARGETS: readonly FuzzTarget[] = [
  { name: 'decodeRelayRequest', samples: relayRequests, run: (input) => void decodeRelayRequest(input) },
  {
    name: 'decodeRelayAnswer',
    samples: [encodeRelaySuccess('{"result":"0x1\ufffd"}', 'ab'.repeat(64)), dispatchBody, meshError],
    run: (input) => {
      decodeRelayAnswer(200, input);
      decodeRelayAnswer(400, input);
    },
  },
  {
    name: 'decodeDispatchAnswer',
    samples: [dispatchBody.subarray('{"dispatch":'.length, dispatchBody.indexOf(',"error"'))],
    run: (input) => void decodeDispatchAnswer(input),
  },
  {
    name: 'decodeChallenge',
    samples: [encodeChallenge(challenge)],
    run: (input) => void challengePreimage(decodeChallenge(input)),
  },
  {
    name: 'decodeTransaction',
    samples: transactions,
    run: (input) => void encodeTransaction(decodeTransaction(input)),
  },
  { name: 'decodeAbciHeader', samples: [abciHeader], run: (input) => void encodeAbciHeader(decodeAbciHeader(input)) },
  { name: 'readJson', samples: [...relayRequests, meshError], run: (input) => void readJson(input) },
  {
    name: 'sortRelayResponse',
    samples: [Buffer.from('{"b":[1,2.5e3,{"z":null,"a":"<&>"}],"a":12345678901234567890}')],
    run: (input) => void sortRelayResponse(input.toString('utf8')),
  },
  {
    name: 'decodeAllParameters',
    samples: [Buffer.from(JSON.stringify(encodeAllParameters(GENESIS_PARAMETERS)))],
    run: (input) => {
      let answer: unknown;
      try {
        answer = JSON.parse(input.toString('utf8'));
      } catch {
        return;
      }
      decodeAllParameters(answer);
    },
  },
  {
    name: 'withParameter',
    samples: [
      'gov/acl|[{"acl_key":"pos/StakeMinimum","address":"00"}]',
      'pos/BlocksPerSession|"4"',
      'auth/FeeMultipliers|{"fee_multiplier":[{"key":"claim","multiplier":"2"}],"default":"1"}',
      'pos/RelaysToTokensMultiplierMap|{"F029":118}',
      'pos/ServicerStakeWeightMultiplier|2.735',
    ].map((text) => Buffer.from(text)),
    run: (input) => {
      const text = input.toString('utf8');
      const separator = text.indexOf('|');
      withParameter(GENESIS_PARAMETERS, text.slice(0, separator), text.slice(separator + 1));
    },
  },
];
