import { readFileSync } from 'node:fs';
import {
  addressOf,
  encodeAbciHeader,
  keyPairFromSeed,
  makeAat,
  merkleLeafHash,
  MerkleTree,
  relayProofHash,
  relayProofPreimage,
  requestHashHex,
  requiredLeafIndex,
  sessionHeaderHashHex,
  sessionHeaderOf,
  sha3Hex,
  signBytes,
  signRelayResponse,
  drawSessionNodes,
  sessionDraws,
} from '#libs/protocol';
import { describe, expect, it } from 'vitest';
import { checkVectors } from './run.js';

const published = readFileSync(new URL('../../libs/protocol/vectors/morse.json', import.meta.url));
const check = (value: unknown) => checkVectors(Buffer.from(JSON.stringify(value)));

const application = keyPairFromSeed(Buffer.alloc(32, 1));
const client = keyPairFromSeed(Buffer.alloc(32, 2));
const servicer = keyPairFromSeed(Buffer.alloc(32, 3));

describe('a vectors file', () => {
  it('passes when it was made by pocket-core', () => {
    const report = checkVectors(published);
    expect(report.format()).toMatch(/\n\d+ passed, 0 failed$/);
    expect([report.failed, report.unknown]).toEqual([0, 0]);
    expect(report.passed).toBeGreaterThan(400);
  });

  it('fails in every group when its hex values are altered', () => {
    const altered = JSON.parse(published.toString('utf8'), (key, value: unknown) =>
      // Only results: an altered input would be another valid case.
      [
        'hash',
        'address',
        'sha3_256',
        'request_hash',
        'session_key_hex',
        'tx_hash',
        'allowance',
        'result',
        'node',
      ].includes(key) && typeof value === 'string'
        ? value.replace(/.$/, (last) => (last === '1' ? '2' : '1'))
        : value,
    ) as unknown;
    const report = check(altered);
    for (const name of [
      'keys',
      'aat',
      'relays',
      'merkle',
      'rewards',
      'transactions',
      'frac_pow',
      'max_possible_relays',
      'upstream',
    ]) {
      expect({ name, failures: report.group(name).failures.length }).not.toEqual({ name, failures: 0 });
    }
  });

  it('has unknown groups and fields named in the report', () => {
    const report = check({ keys: [{ seed: '01'.repeat(32), colour: 'red' }], horoscope: [1] });
    expect(report.format()).toContain('keys[0].colour');
    expect(report.format()).toContain('group horoscope');
    expect(report.unknown).toBe(2);
  });
});

describe('groups that the published file leaves out', () => {
  it('check a selection with jailed nodes', () => {
    const sessionKey = 'b86b6811d44f591d10a532fc3c20debcfbddf04d272d33a769ecf96049ee57da';
    const candidates = Array.from({ length: 30 }, (_, index) => sha3Hex(`node${index}`).slice(0, 40)).sort();
    const jailed = [candidates[5] ?? '', candidates[18] ?? ''];
    const select = (count: number): string[] =>
      drawSessionNodes({
        sessionKeyHex: sessionKey,
        candidates,
        count,
        isEligible: (address) => !jailed.includes(address),
      });
    const last = candidates.indexOf(select(8).at(-1) ?? '');
    const drawn: number[] = [];
    for (const { index } of sessionDraws(sessionKey, candidates.length)) {
      drawn.push(index);
      if (index === last) break;
    }
    const group = {
      session_key_hex: sessionKey,
      candidates,
      jailed,
      session_node_count: 8,
      drawn_indices: drawn,
      selected: select(8),
    };
    const byIndex = {
      session_key: sessionKey,
      candidates: candidates.map((address) => ({ address, jailed: jailed.includes(address) })),
      selected_indices: select(8).map((address) => candidates.indexOf(address)),
    };
    const report = check({ session_jailed: [group, byIndex] });
    expect(report.format()).toMatch(/3 passed, 0 failed$/);
    expect(report.unknown).toBe(0);
    expect(check({ session_jailed: { ...group, jailed: [] } }).failed).toBeGreaterThan(0);
  });

  it('check an ABCI header with every field set', () => {
    const hash = (byte: number): string => Buffer.alloc(32, byte).toString('hex');
    const bytes = encodeAbciHeader({
      versionBlock: 10n,
      versionApp: 7n,
      chainId: 'mainnet',
      height: 30_025n,
      time: { seconds: 1_600_000_000n, nanos: 123_456_789 },
      numTxs: 3n,
      totalTxs: 99n,
      partsTotal: 2n,
      lastBlockHash: Buffer.alloc(32, 1),
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
    const header = {
      version: { block: '10', app: '7' },
      chain_id: 'mainnet',
      height: '30025',
      time: '2020-09-13T12:26:40.123456789Z',
      num_txs: '3',
      total_txs: '99',
      last_block_id: { hash: hash(1), parts: { total: '2', hash: hash(2) } },
      last_commit_hash: hash(3),
      data_hash: hash(4),
      validators_hash: hash(5),
      next_validators_hash: hash(6),
      consensus_hash: hash(7),
      app_hash: hash(8),
      last_results_hash: hash(9),
      evidence_hash: hash(10),
      proposer_address: Buffer.alloc(20, 11).toString('hex'),
    };
    const results = { proto: bytes.toString('hex'), hash: sha3Hex(bytes) };
    for (const group of [{ header, ...results }, { ...header, ...results }, results]) {
      const report = check({ block_hash_synthetic: group });
      expect(report.format()).toMatch(/3 passed, 0 failed$/);
      expect(report.unknown).toBe(0);
    }
    expect(check({ block_hash_synthetic: { header: { ...header, height: '1' }, ...results } }).failed).toBeGreaterThan(
      0,
    );
  });

  it('check a whole cycle of relays, claim and proof', () => {
    const aat = makeAat(application, client.publicKeyHex);
    const relays = Array.from({ length: 13 }, (_, index) => {
      const payload = { data: `{"id":${index}}`, method: 'POST', path: '', headers: null };
      const unsigned = {
        request_hash: requestHashHex(payload, 7),
        entropy: BigInt(index + 1),
        session_block_height: 5,
        servicer_pub_key: servicer.publicKeyHex,
        blockchain: '0021',
        aat,
        signature: '',
      };
      const hash = relayProofHash(unsigned);
      const proof = { ...unsigned, signature: signBytes(client, hash).toString('hex') };
      const response = `{"id":${index},"result":"0x1"}`;
      return { payload, proof, response, signature: signRelayResponse(servicer, response, hash.toString('hex')) };
    });
    const tree = MerkleTree.build(Buffer.concat(relays.map(({ proof }) => merkleLeafHash(relayProofPreimage(proof)))));
    const header = sessionHeaderOf(relays[0]?.proof ?? ({} as never));
    const blockHash = sha3Hex('block 16');
    const index = requiredLeafIndex(blockHash, sessionHeaderHashHex(header), 13n);
    const node = ({ hash, lower, upper }: (typeof tree)['root']) => ({
      merkleHash: hash.toString('base64'),
      range: { lower: lower.toString(), upper: upper.toString() },
    });
    const proof = tree.prove(index);
    const wire = (value: unknown): unknown =>
      JSON.parse(JSON.stringify(value, (_, item: unknown) => (typeof item === 'bigint' ? Number(item) : item)));
    const group = {
      relays: wire(
        relays.map(({ payload, proof: relay, response, signature }) => ({
          payload,
          meta: { block_height: 7 },
          proof: relay,
          response: { response, signature },
        })),
      ),
      claim: {
        header,
        merkle_root: node(tree.root),
        total_proofs: 13,
        from_address: addressOf(servicer.publicKeyHex),
        evidence_type: 1,
        expiration_height: 0,
      },
      secret_block_hash: blockHash,
      session_header_hash: sessionHeaderHashHex(header),
      proof: {
        merkle_proofs: { index, hash_ranges: proof.siblings.map(node), target_range: node(proof.target) },
        leaf: wire({ type: 'pocketcore/relay_proof', value: relays[tree.inputIndexAt(index)]?.proof }),
        evidence_type: 1,
      },
    };
    const report = check({ claim_cycle: group });
    expect(report.format()).toMatch(/ 0 failed$/);
    expect(report.unknown).toBe(0);
    expect(report.passed).toBeGreaterThan(40);
    expect(check({ claim_cycle: { ...group, secret_block_hash: sha3Hex('another') } }).failed).toBeGreaterThan(0);
    const root = { ...group.claim.merkle_root, merkleHash: Buffer.alloc(32, 1).toString('base64') };
    const altered = check({ claim_cycle: { ...group, claim: { ...group.claim, merkle_root: root } } });
    expect(altered.failed + altered.unknown).toBeGreaterThan(0);
  });

  it('check negative AATs', () => {
    const aat = makeAat(application, client.publicKeyHex);
    const upper = { ...aat, app_pub_key: aat.app_pub_key.toUpperCase() };
    const report = check({
      aat: [
        {
          name: 'no version',
          wire: { ...aat, version: '' },
          error: 'the application authentication token version is missing',
        },
        { name: 'upper case', wire: upper, error: 'the application signature on the AAT is not valid', code: 4 },
      ],
    });
    expect(report.format()).toMatch(/ 0 failed$/);
    expect(report.unknown).toBe(0);
    expect(check({ aat: [{ wire: aat, error: 'refused' }] }).failed).toBe(1);
  });
});
