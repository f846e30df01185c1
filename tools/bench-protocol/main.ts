import { cpus } from 'node:os';
import {
  createRelayFactory,
  drawSessionNodes,
  keyPairFromSeed,
  makeAat,
  merkleLeafHash,
  MerkleTree,
  relayProofPreimage,
  type RelayPayload,
  type RelayProof,
  requestHashHex,
  signBytes,
  signRelayResponse,
  verifyMerkleProof,
  verifyRelayResponse,
} from '#libs/protocol';

/** Median and spread of an operation over rounds. */
interface Measurement {
  readonly operation: string;
  readonly unit: 'µs' | 'ms';
  readonly median: number;
  readonly low: number;
  readonly high: number;
  /** Median of the processor time, which other processes on the machine do not add to. */
  readonly cpu: number;
  readonly note: string;
}

const ROUNDS = 21;

/** Times `times` calls in each round, after a warm-up of one round. */
function measure(operation: string, times: number, call: (index: number) => unknown, note = ''): Measurement {
  for (let index = 0; index < times; index += 1) call(index);
  const perCall: number[] = [];
  const cpuPerCall: number[] = [];
  for (let round = 1; round <= ROUNDS; round += 1) {
    const cpu = process.cpuUsage();
    const start = performance.now();
    for (let index = 0; index < times; index += 1) call(round * times + index);
    perCall.push(((performance.now() - start) * 1000) / times);
    cpuPerCall.push(cpuMicroseconds(cpu) / times);
  }
  return summary(operation, 'µs', perCall, cpuPerCall, note);
}

function cpuMicroseconds(since: NodeJS.CpuUsage): number {
  const used = process.cpuUsage(since);
  return used.user + used.system;
}

function summary(
  operation: string,
  unit: 'µs' | 'ms',
  values: readonly number[],
  cpuValues: readonly number[],
  note: string,
): Measurement {
  const at = (list: readonly number[], share: number): number =>
    [...list].sort((left, right) => left - right)[Math.round((list.length - 1) * share)] ?? 0;
  return {
    operation,
    unit,
    median: at(values, 0.5),
    low: at(values, 0.1),
    high: at(values, 0.9),
    cpu: at(cpuValues, 0.5),
    note,
  };
}

const application = keyPairFromSeed(Buffer.alloc(32, 1));
const client = keyPairFromSeed(Buffer.alloc(32, 2));
const servicer = keyPairFromSeed(Buffer.alloc(32, 3));
const aat = makeAat(application, client.publicKeyHex);
const payload: RelayPayload = {
  data: '{"jsonrpc":"2.0","method":"eth_getBalance","params":["0x407d73d8a49eeb85d32cf465507dd71d507100c1","latest"],"id":1}',
  method: 'POST',
  path: '',
  headers: null,
};

function relayRows(): Measurement[] {
  const factory = createRelayFactory({
    aat,
    chain: '0021',
    sessionHeight: 1001,
    servicerPublicKeyHex: servicer.publicKeyHex,
  });
  const draft = factory.draft(payload, 1003, 1n);
  const response = '{"id":1,"jsonrpc":"2.0","result":"0x10d4f"}';
  const proofHashHex = draft.proofHash.toString('hex');
  const answer = {
    servicerPublicKeyHex: servicer.publicKeyHex,
    proofHashHex,
    response,
    signatureHex: signRelayResponse(servicer, response, proofHashHex),
  };
  const signature = signBytes(client, draft.proofHash);
  return [
    measure('request hash', 5000, () => requestHashHex(payload, 1003)),
    measure('relay draft (two hashes, no signature)', 5000, (index) => factory.draft(payload, 1003, BigInt(index))),
    measure('relay body from draft and signature', 5000, () => draft.finish(signature)),
    measure('sign a relay (draft, signature, body)', 1000, (index) => {
      const relay = factory.draft(payload, 1003, BigInt(index));
      return relay.finish(signBytes(client, relay.proofHash));
    }),
    measure('verify an answer', 500, () => verifyRelayResponse(answer)),
  ];
}

function drawRow(): Measurement {
  const candidates = Array.from({ length: 10_000 }, (_, index) => index);
  const keys = Array.from({ length: 64 }, (_, index) => Buffer.alloc(32, index + 1).toString('hex'));
  return measure('draw 24 of 10,000 nodes', 500, (index) =>
    drawSessionNodes({ sessionKeyHex: keys[index % keys.length] ?? '', candidates, count: 24, isEligible: () => true }),
  );
}

function proofOf(entropy: number): RelayProof {
  return {
    request_hash: '28db834065165ae4f397ea418ce55b6940034c17dca994198572148dd12aa174',
    entropy: BigInt(entropy),
    session_block_height: 1001,
    servicer_pub_key: servicer.publicKeyHex,
    blockchain: '0021',
    aat,
    signature: '',
  };
}

/** Leaf hashes of real relay proofs: only the entropy differs, so the preimage is built from constant parts. */
function leafHashes(count: number): Uint8Array {
  const template = relayProofPreimage(proofOf(0)).toString('utf8');
  const rest = template.slice('{"entropy":0'.length);
  const hashes = new Uint8Array(count * 32);
  for (let index = 0; index < count; index += 1) {
    hashes.set(merkleLeafHash(Buffer.from(`{"entropy":${index}${rest}`)), index * 32);
  }
  return hashes;
}

const megabytes = (bytes: number): string => `${Math.round(bytes / 1024 / 1024)} MiB`;

function treeRows(leaves: number): Measurement[] {
  const leafTimes: number[] = [];
  const buildTimes: number[] = [];
  const leafCpu: number[] = [];
  const buildCpu: number[] = [];
  let hashes: Uint8Array = new Uint8Array(0);
  let tree: MerkleTree | undefined;
  for (let round = 0; round < 5; round += 1) {
    const beforeLeaves = process.cpuUsage();
    const start = performance.now();
    hashes = leafHashes(leaves);
    leafTimes.push(performance.now() - start);
    leafCpu.push(cpuMicroseconds(beforeLeaves) / 1000);
    // One tree at a time, as a settlement worker holds them.
    tree = undefined;
    const beforeTree = process.cpuUsage();
    const built = performance.now();
    tree = MerkleTree.build(hashes);
    buildTimes.push(performance.now() - built);
    buildCpu.push(cpuMicroseconds(beforeTree) / 1000);
  }
  const ready = tree as MerkleTree;
  const peak = megabytes(process.resourceUsage().maxRSS * 1024);
  const preimages = Array.from({ length: 64 }, (_, index) => relayProofPreimage(proofOf(ready.inputIndexAt(index))));
  const proofs = preimages.map((_, index) => ready.prove(index));
  const size = leaves.toLocaleString('en-US');
  return [
    summary(`hash ${size} leaves`, 'ms', leafTimes, leafCpu, 'preimages of about 330 bytes'),
    summary(`tree of ${size} leaves`, 'ms', buildTimes, buildCpu, `one thread; peak RSS of the whole process ${peak}`),
    measure(`make a proof (${size} leaves)`, 500, (index) => ready.prove(index % leaves)),
    measure(`verify a proof (${size} leaves)`, 100, (index) => {
      const at = index % proofs.length;
      const verdict = verifyMerkleProof(
        ready.root,
        preimages[at] as Buffer,
        proofs[at] as (typeof proofs)[number],
        leaves,
      );
      if (verdict !== 'valid') throw new Error(`a proof of the benchmark is ${verdict}`);
    }),
  ];
}

/** `node dist/tools/bench-protocol/main.js [leaves]`: one Markdown table on standard output. */
function main(leaves: number): void {
  const rows = [...relayRows(), drawRow(), ...treeRows(leaves)];
  const digits = (value: number): string =>
    value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);
  process.stdout.write(
    `Node ${process.version}, ${cpus()[0]?.model ?? 'unknown CPU'}; medians of ${ROUNDS} rounds (trees: 5)\n\n`,
  );
  process.stdout.write(
    '| operation | median | 10th–90th percentile | processor time, median | note |\n|---|---|---|---|---|\n',
  );
  for (const { operation, unit, median, low, high, cpu, note } of rows) {
    process.stdout.write(
      `| ${operation} | ${digits(median)} ${unit} | ${digits(low)}–${digits(high)} | ${digits(cpu)} ${unit} | ${note} |\n`,
    );
  }
}

main(Number(process.argv[2] ?? 1_000_000));
