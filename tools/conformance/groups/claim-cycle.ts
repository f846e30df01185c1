import {
  addressOf,
  checkClaim,
  checkProofAgainstClaim,
  checkRelayProof,
  type Claim,
  merkleLeafHash,
  type MerkleNode,
  type MerkleProof,
  MerkleTree,
  relayProofHash,
  relayProofHashWithSignatureHex,
  relayProofPreimage,
  type RelayProof,
  relayResponseHash,
  requestHashHex,
  requestPreimage,
  requiredLeafIndex,
  requiredLeafPreimage,
  rewardFor,
  GENESIS_PARAMETERS,
  sessionHeaderHashHex,
  sessionHeaderOf,
  sessionHeaderPreimage,
  sha3Hex,
  verifyMerkleProof,
  verifyRelayResponse,
} from '#libs/protocol';
import { type Context, payloadOf, relayProofFromWire } from '../context.js';
import { Fields, isEqual, isObject, type Value, scalarText } from '../report.js';

/**
 * A whole cycle: relays with their answers, the claim, the block hash that fixes the leaf, and the proof. The relays and the
 * proof are recognised by their wire names wherever they stand; every other value must be one that follows from them.
 */
export function checkClaimCycle(group: Fields, context: Context): void {
  const relays = findRelays(group.value, context);
  if (relays.length === 0) {
    group.result.unknown.push(`${group.path} (no relay proofs found)`);
    return;
  }
  for (const [index, relay] of relays.entries()) checkCycleRelay(group, index, relay);
  const proofs = relays.map(({ proof }) => proof);
  const header = sessionHeaderOf(proofs[0] as RelayProof);
  const leaves = proofs.map(relayProofPreimage);
  const tree = MerkleTree.build(Buffer.concat(leaves.map(merkleLeafHash)));
  const leafAt = (position: number): RelayProof => proofs[tree.inputIndexAt(position)] as RelayProof;
  const claim: Claim = {
    header,
    merkleRoot: tree.root,
    totalProofs: BigInt(proofs.length),
    fromAddressHex: addressOf(proofs[0]?.servicer_pub_key ?? ''),
    evidenceType: 1,
    expirationHeight: 0,
  };
  group.check('the claim passes its stateless checks', () => {
    checkClaim(claim);
    return true;
  });
  const given = findMerkleProof(group.value);
  if (given !== undefined) {
    group.compare('proof: siblings and target', proofJson(given), () => proofJson(tree.prove(given.index)));
    group.compare('proof: verdict', 'valid', () =>
      verifyMerkleProof(tree.root, relayProofPreimage(leafAt(given.index)), given, claim.totalProofs),
    );
    group.check('proof: passes against the claim', () => {
      checkProofAgainstClaim(claim, given, relayProofPreimage(leafAt(given.index)), given.index);
      return true;
    });
    const hashes = blockHashes(group.value);
    group.check('proof: index follows from a block hash of the group', () =>
      hashes.some(
        (hash) =>
          requiredLeafIndex(hash.toLowerCase(), sessionHeaderHashHex(header), claim.totalProofs) === given.index,
      ),
    );
  }
  checkDerived(group, derivedValues(claim, relays, tree, given));
}

/** A relay with whatever stands beside its proof. */
interface CycleRelay {
  readonly proof: RelayProof;
  readonly request: { readonly payload: Value; readonly height: number } | undefined;
  readonly answer: { readonly response: string; readonly signature: string } | undefined;
}

function isProof(value: unknown): value is Record<string, Value> {
  return isObject(value) && 'request_hash' in value && 'servicer_pub_key' in value;
}

/** Lists of relays: the longest list whose every element holds a relay proof. */
function findRelays(root: Value, context: Context): CycleRelay[] {
  let best: CycleRelay[] = [];
  const shared = isObject(root) ? root : {};
  visit(root, (value) => {
    if (!Array.isArray(value) || value.length <= best.length) return;
    const relays = value.map((item) => cycleRelay(item, shared, context));
    if (relays.every((relay) => relay !== undefined)) best = relays;
  });
  return best;
}

function cycleRelay(item: Value, shared: Record<string, Value>, context: Context): CycleRelay | undefined {
  if (!isObject(item)) return undefined;
  const outer = [item, item['relay'], item['request'], item['wire']].filter(isObject);
  const holder = outer.find((candidate) => isProof(candidate['proof']));
  const wire = holder?.['proof'] ?? outer.find(isProof);
  if (!isObject(wire)) return undefined;
  const proof = relayProofFromWire(completeProof(wire, shared, context));
  const source = holder ?? item;
  const meta = source['meta'] ?? item['meta'];
  const payload = source['payload'] ?? item['payload'] ?? shared['payload'];
  const height = isObject(meta) ? meta['block_height'] : (item['block_height'] ?? shared['block_height']);
  const request =
    isObject(payload) && height !== undefined && 'data' in payload ? { payload, height: Number(height) } : undefined;
  return { proof, request, answer: answerOf(item) };
}

/** AAT by number, or shared by all relays; the client's signature under its other name. */
function completeProof(
  wire: Record<string, Value>,
  shared: Record<string, Value>,
  context: Context,
): Record<string, Value> {
  const index = wire['aat_index'] ?? shared['aat_index'];
  const aat = wire['aat'] ?? shared['aat'] ?? { ...context.aat(Number(index ?? 1)) };
  return { ...wire, aat, signature: wire['client_signature'] ?? wire['signature'] ?? '' };
}

function answerOf(item: Record<string, Value>): CycleRelay['answer'] {
  const inner = ['response', 'answer', 'relay_response', 'servicer_response'].map((name) => item[name]).find(isObject);
  if (inner !== undefined) {
    const response = inner['response'] ?? inner['payload'];
    const signature = inner['signature'] ?? inner['servicer_signature'];
    if (typeof response === 'string' && typeof signature === 'string') return { response, signature };
  }
  const response = item['response'] ?? item['answer'] ?? item['response_text'];
  const signature =
    item['servicer_signature'] ??
    item['response_signature'] ??
    item['node_signature'] ??
    item['answer_signature'] ??
    ('proof' in item || 'client_signature' in item ? item['signature'] : undefined);
  return typeof response === 'string' && typeof signature === 'string' ? { response, signature } : undefined;
}

function checkCycleRelay(group: Fields, index: number, { proof, request, answer }: CycleRelay): void {
  group.check(`relay ${index}: proof is valid`, () => {
    checkRelayProof(proof);
    return true;
  });
  if (request !== undefined) {
    group.compare(`relay ${index}: request hash`, proof.request_hash, () =>
      requestHashHex(payloadOf(request.payload), request.height),
    );
  }
  if (answer !== undefined) {
    group.check(`relay ${index}: answer is signed by the node`, () =>
      verifyRelayResponse({
        servicerPublicKeyHex: proof.servicer_pub_key,
        proofHashHex: relayProofHash(proof).toString('hex'),
        response: answer.response,
        signatureHex: answer.signature,
      }),
    );
  }
}

function findMerkleProof(root: Value): MerkleProof | undefined {
  let found: MerkleProof | undefined;
  visit(root, (value) => {
    if (found !== undefined || !isObject(value)) return;
    const siblings = value['hash_ranges'] ?? value['siblings'];
    const target = value['target_range'] ?? value['target'];
    if (!Array.isArray(siblings) || !isObject(target)) return;
    const index = Number(value['index'] ?? value['target_index'] ?? 0);
    found = { index, siblings: siblings.map(merkleNodeOf), target: merkleNodeOf(target) };
  });
  return found;
}

function merkleNodeOf(value: Value): MerkleNode {
  const node = isObject(value) ? value : {};
  const range = isObject(node['range']) ? node['range'] : node;
  const text = scalarText(node['merkleHash'] ?? node['hash'] ?? '');
  const hash = /^[0-9a-f]{64}$/.test(text) ? Buffer.from(text, 'hex') : Buffer.from(text, 'base64');
  return { hash, lower: BigInt(scalarText(range['lower'] ?? 0)), upper: BigInt(scalarText(range['upper'] ?? 0)) };
}

function proofJson(proof: MerkleProof): Value {
  const node = ({ hash, lower, upper }: MerkleNode): Value => ({
    hash: hash.toString('hex'),
    lower: lower.toString(),
    upper: upper.toString(),
  });
  return { index: proof.index, siblings: proof.siblings.map(node), target: node(proof.target) };
}

/** Every value that follows from the relays, in the spellings the file uses. */
function derivedValues(
  claim: Claim,
  relays: readonly CycleRelay[],
  tree: MerkleTree,
  given: MerkleProof | undefined,
): unknown[] {
  const values: unknown[] = [];
  const bytes = (buffer: Buffer): void => {
    values.push(buffer.toString('hex'), buffer.toString('base64'), buffer.toString('hex').toUpperCase());
  };
  const node = ({ hash, lower, upper }: MerkleNode): void => {
    bytes(hash);
    values.push(lower, upper);
  };
  for (let position = 0; position < tree.width; position += 1) node(tree.leafAt(position));
  for (let position = 0; position < tree.count; position += 1) {
    for (const sibling of tree.prove(position).siblings) node(sibling);
    values.push(position, tree.inputIndexAt(position));
  }
  node(tree.root);
  if (given !== undefined) values.push(given.index);
  for (const { proof, request, answer } of relays) {
    values.push(
      ...Object.values(proof.aat),
      proof.entropy,
      proof.signature,
      proof.servicer_pub_key,
      proof.request_hash,
    );
    values.push(relayProofPreimage(proof).toString('utf8'), relayProofHashWithSignatureHex(proof));
    bytes(relayProofHash(proof));
    if (request !== undefined) values.push(request.height, requestPreimage(payloadOf(request.payload), request.height));
    if (answer !== undefined) {
      values.push(answer.response, answer.signature);
      bytes(relayResponseHash(answer.response, relayProofHash(proof).toString('hex')));
    }
    for (const key of [proof.aat.app_pub_key, proof.aat.client_pub_key]) values.push(addressOf(key));
  }
  values.push(
    claim.header.chain,
    claim.header.session_height,
    claim.fromAddressHex,
    claim.totalProofs,
    'relay',
    'pocketcore/relay_proof',
  );
  values.push(sessionHeaderPreimage(claim.header), sessionHeaderHashHex(claim.header));
  return values;
}

/** Values that the relays do not determine: facts of the chain they were made on, and free text. */
const CHAIN_FACTS: ReadonlySet<string> = new Set(
  (
    'height heights block blocks parameter parameters param params balance balances reward rewards coins minted txhash tx node nodes ' +
    'pool rttm multiplier allocation percent private seed index evidence expiration window chain fee fees type name data method path ' +
    'headers version before after supply dao proposer stake supported relays total count n code time'
  ).split(' '),
);

/** Walks the group: each leaf is derived, a fact of the chain, or unknown. */
function checkDerived(group: Fields, derived: readonly unknown[]): void {
  const texts = new Set(derived.map(scalarText));
  const numbers = derived.filter((value) => typeof value === 'bigint' || typeof value === 'number');
  const hashes = new Set<string>();
  const pass = (value: Value): boolean =>
    texts.has(scalarText(value)) || (typeof value === 'number' && numbers.some((number) => isEqual(value, number)));
  const walk = (value: Value, path: string, name: string): void => {
    if (Array.isArray(value)) value.forEach((item, index) => walk(item, `${path}[${index}]`, name));
    else if (isObject(value)) for (const [key, item] of Object.entries(value)) walk(item, `${path}.${key}`, key);
    else if (pass(value)) group.pass();
    else if (
      value === null ||
      value === '' ||
      typeof value === 'boolean' ||
      /note|about|comment|description/.test(name)
    )
      return;
    else if (isLeafPreimage(value, derived)) group.pass();
    else if (!name.split('_').some((word) => CHAIN_FACTS.has(word))) hashes.add(path);
  };
  walk(group.value, group.path, '');
  checkReward(group);
  group.result.unknown.push(...hashes);
}

/** The text that fixes the leaf, and its hash, with a block hash of the group. */
function isLeafPreimage(value: Value, derived: readonly unknown[]): boolean {
  if (typeof value !== 'string') return false;
  const headerHash = derived.at(-1);
  const inner = /^\{"BlockHash":"([0-9a-f]{64})","Header":"([0-9a-f]{64})"\}$/.exec(value);
  return (
    inner !== null &&
    inner[2] === headerHash &&
    value === requiredLeafPreimage(inner[1] ?? '', inner[2] ?? '') &&
    sha3Hex(value).length === 64
  );
}

/** Section 7.3: where the cycle states what was minted, it must be what the rules give. */
function checkReward(group: Fields): void {
  const source = ['reward', 'rewards'].map((name) => group.value[name]).find(isObject);
  if (source === undefined) return;
  const total = Number(source['relays'] ?? source['total_proofs'] ?? 0);
  if (total === 0 || source['coins'] === undefined) return;
  const reward = rewardFor({
    relays: BigInt(total),
    chain: '',
    stakeUpokt: 15_000_000_000n,
    stakeWeighted: false,
    params: {
      ...GENESIS_PARAMETERS,
      relaysToTokensMultiplier: BigInt(scalarText(source['rttm'] ?? 1000)),
      daoAllocation: Number(source['dao_allocation'] ?? 10),
      proposerPercentage: Number(source['proposer_allocation'] ?? 1),
    },
  });
  const names = { coins: reward.coinsUpokt, node: reward.nodeUpokt, fees: reward.feesUpokt };
  for (const [name, value] of Object.entries(names)) {
    if (source[name] !== undefined) group.compare(`reward.${name}`, source[name], () => value);
  }
}

/** Hashes that stand under a block's name; where nothing is called a block, every hash. */
function blockHashes(root: Value): string[] {
  const ofBlocks = findTexts(root, /block|secret/i, /^[0-9a-fA-F]{64}$/);
  return ofBlocks.length > 0 ? ofBlocks : findTexts(root, /hash/i, /^[0-9a-fA-F]{64}$/);
}

function findTexts(root: Value, name: RegExp, form: RegExp): string[] {
  const found: string[] = [];
  const walk = (value: Value, key: string): void => {
    if (typeof value === 'string' && name.test(key) && form.test(value)) found.push(value);
    else if (Array.isArray(value)) for (const item of value) walk(item, key);
    else if (isObject(value)) for (const [inner, item] of Object.entries(value)) walk(item, `${key}.${inner}`);
    // A captured preimage names the hash that was used.
    if (typeof value === 'string')
      found.push(...[...value.matchAll(/"BlockHash":"([0-9a-f]{64})"/g)].map((match) => match[1] ?? ''));
  };
  walk(root, '');
  return found;
}

function visit(value: Value, see: (value: Value) => void): void {
  see(value);
  if (Array.isArray(value)) for (const item of value) visit(item, see);
  else if (isObject(value)) for (const item of Object.values(value)) visit(item, see);
}
