import {
  aatHashHex,
  addressOf,
  keyPairFromPrivateKey,
  makeAat,
  relayProofHash,
  requestHashHex,
  requestPreimage,
  rewardFor,
  drawSessionNodes,
  sessionDraws,
  sha3Hex,
  signBytes,
  splitNodeReward,
} from '#libs/protocol';
import { relayProofOf, type Context } from '../context.js';
import { type Fields, isObject, type Value, scalarText } from '../report.js';
import { checkAllowance } from './arithmetic.js';

/** Constants published in upstream test suites. */
export function checkUpstream(group: Fields, context: Context): void {
  for (const name of Object.keys(group.value)) {
    const inner = isObject(group.value[name]) ? group.value[name] : undefined;
    if (inner !== undefined && typeof inner['private_key'] === 'string') {
      const fields = group.object(name);
      if (fields !== undefined) checkKeyConstants(fields, context);
    }
  }
  for (const row of group.rows('addresses')) {
    const publicKey = row.text('public_key') ?? '';
    row.expect('address', () => addressOf(publicKey));
    row.finish();
  }
  for (const row of group.rows('app_relays')) checkAllowance(row);
  const pip22 = group.object('reward_pip22');
  if (pip22 !== undefined) checkPip22(pip22);
  for (const row of group.rows('split_node_rewards')) {
    const split = splitNodeReward(row.bigint('amount') ?? 0n, (row.list('shares') ?? []).map(Number));
    row.expect('delegators', () => split?.delegatorsUpokt);
    row.expect('rest', () => split?.restUpokt);
    row.finish();
  }
  const nodes = group.object('session_nodes');
  if (nodes !== undefined) checkSessionNodes(nodes);
  group.finish();
}

/** Whatever an upstream suite fixed for one private key. */
function checkKeyConstants(row: Fields, context: Context): void {
  const pair = keyPairFromPrivateKey(row.text('private_key') ?? '');
  context.addKey(pair);
  const aat = makeAat(pair, pair.publicKeyHex);
  row.expect('public_key', () => pair.publicKeyHex);
  row.expect('address', () => pair.addressHex);
  row.expect(['self_aat_signature', 'aat_signature'], () => aat.signature);
  row.expect(['self_aat_hash', 'aat_hash'], () => aatHashHex(aat));
  row.expect(['self_aat', 'aat'], () => ({ ...aat }));
  const proofRow = row.object('relay_proof');
  if (proofRow !== undefined) {
    const preimage = JSON.parse(scalarText(proofRow.value['request_preimage'])) as {
      payload: { data: string; method: string; path: string; headers: Record<string, string> | null };
      meta: { block_height: number };
    };
    const hash = requestHashHex(preimage.payload, preimage.meta.block_height);
    proofRow.expect('request_preimage', () => requestPreimage(preimage.payload, preimage.meta.block_height));
    proofRow.expect('request_hash', () => hash);
    const proof = { ...relayProofOf(proofRow, context), request_hash: hash, aat };
    proofRow.expect('proof_hash', () => relayProofHash(proof).toString('hex'));
    proofRow.expect('signature', () => signBytes(pair, relayProofHash(proof)).toString('hex'));
    proofRow.finish();
  }
  for (const name of ['sign_text', 'sign_hex']) {
    const signed = row.object(name);
    if (signed === undefined) continue;
    const message = Buffer.from(
      signed.text('text') ?? signed.text('message_hex') ?? '',
      name === 'sign_hex' ? 'hex' : 'utf8',
    );
    signed.expect('signature', () => signBytes(pair, message).toString('hex'));
    signed.finish();
  }
  const texts = row.object('sha3_of_json_string');
  if (texts !== undefined) {
    for (const text of Object.keys(texts.value)) texts.expect(text, () => sha3Hex(JSON.stringify(text)));
    texts.finish();
  }
  row.finish();
}

function checkPip22(row: Fields): void {
  const share = row.number('node_share_percent') ?? 89;
  const floor = 15_000_000_000n;
  const byBin = row.list('by_bin') ?? [];
  const params = {
    relaysToTokensMultiplier: row.bigint('rttm') ?? 0n,
    relaysToTokensMultiplierMap: {},
    daoAllocation: 100 - share - 1,
    proposerPercentage: 1,
    servicerStakeFloorMultiplier: floor,
    servicerStakeWeightCeiling: floor * BigInt(byBin.length),
    servicerStakeWeightMultiplier: row.text('weight_multiplier') ?? '1',
    servicerStakeFloorMultiplierExponent: row.text('exponent') ?? '1',
  };
  const relays = row.bigint('relays') ?? 0n;
  row.expect('by_bin', () =>
    byBin.map((_, bin) => rewardFor({ relays, chain: '', stakeUpokt: floor * BigInt(bin + 1), params }).nodeUpokt),
  );
  row.finish();
}

/** TestNewSessionNodes: node12 sixteen times, then node1 to node11. */
function checkSessionNodes(group: Fields): void {
  const key = group.text('session_key') ?? '';
  const count = group.number('session_node_count') ?? 5;
  const publicKeys = group.object('public_keys');
  const addresses = group.object('addresses');
  for (const [name, publicKey] of Object.entries(publicKeys?.value ?? {})) {
    addresses?.expect(name, () => addressOf(scalarText(publicKey)));
  }
  addresses?.finish();
  const names = [...Array<string>(16).fill('node12'), ...Array.from({ length: 11 }, (_, index) => `node${index + 1}`)];
  for (const variant of ['before_max_chains_enforcement', 'after_max_chains_enforcement']) {
    const row = group.object(variant);
    if (row === undefined) continue;
    const excluded = row.text('excluded');
    const candidates = names.map((name, index) => ({ name, index }));
    const select = (): { name: string; index: number }[] => {
      // A real candidate list has no repetitions; the test's does, and a node is selected once.
      const seen = new Set<string>();
      const isEligible = ({ name }: { name: string; index: number }): boolean => {
        const isFirst = !seen.has(name);
        seen.add(name);
        return isFirst && name !== excluded;
      };
      return drawSessionNodes({ sessionKeyHex: key, candidates, count, isEligible });
    };
    row.expect('selected', () => select().map(({ name }) => name));
    row.expect('drawn_indices', () => {
      const last = select().at(-1)?.index;
      const drawn: Value[] = [];
      for (const { index } of sessionDraws(key, candidates.length)) {
        drawn.push(index);
        if (index === last) break;
      }
      return drawn;
    });
    row.finish();
  }
  group.finish();
}
