import {
  abciHeaderBytes,
  type AbciHeader,
  type BlockAnswer,
  decodeAbciHeader,
  drawSessionNodes,
  encodeAbciHeader,
  parseBlockTime,
  ProtocolError,
  sessionBlockHashHex,
  sessionDraws,
  type SessionHeader,
  sessionHeaderHashHex,
  sessionHeaderPreimage,
  sessionKeyHex,
  sessionKeyPreimage,
  sha3,
  sha3Hex,
  sortByAddress,
} from '#libs/protocol';
import type { Context } from '../context.js';
import { Fields, isEqual, isObject, scalarText, type Value } from '../report.js';

/** Header hash, key and draws of one session. The inputs stand in the preimages. */
export function checkSession(group: Fields): void {
  group.take('name');
  const header = headerOf(group);
  if (header !== undefined) {
    group.expect('header_preimage', () => sessionHeaderPreimage(header));
    group.expect('header_hash', () => sessionHeaderHashHex(header));
  }
  // The file's session uses the hash of the text "fake" as block hash; a note says so.
  const blockHash = group.text('block_hash', 'session_block_hash') ?? sha3Hex('fake');
  const keyOf = (): string =>
    header === undefined
      ? sha3Hex(scalarText(group.value['key_preimage']))
      : sessionKeyHex(header.app_public_key, header.chain, blockHash);
  if (header !== undefined) {
    group.expect('key_preimage', () => sessionKeyPreimage(header.app_public_key, header.chain, blockHash));
  }
  group.expect(['session_key_hex', 'session_key', 'key_hex'], keyOf);
  group.expect(['session_key_base64', 'key_base64'], () => Buffer.from(keyOf(), 'hex').toString('base64'));
  const draws = group.rows('draws');
  const keys = sessionDraws(keyOf(), 1);
  for (const draw of draws) {
    const { keyHex } = keys.next().value;
    draw.expect('key', () => keyHex);
    for (const name of Object.keys(draw.value)) {
      const modulus = /^mod_?(\d+)$/.exec(name)?.[1];
      if (modulus !== undefined) draw.expect(name, () => sessionDraws(keyHex, Number(modulus)).next().value.index);
    }
    draw.finish();
  }
  group.finish();
}

function headerOf(group: Fields): SessionHeader | undefined {
  const inner = group.value['header'];
  const preimage = group.value['header_preimage'];
  const source = isObject(inner)
    ? group.take('header')
    : typeof preimage === 'string'
      ? (JSON.parse(preimage) as Value)
      : undefined;
  const values = isObject(source) ? source : group.value;
  const app = group.text('app_public_key', 'app_pub_key') ?? values['app_public_key'];
  const chain = group.text('chain', 'blockchain') ?? values['chain'];
  const height = group.number('session_height', 'session_block_height') ?? values['session_height'];
  if (app === undefined || chain === undefined || height === undefined) return undefined;
  return { app_public_key: scalarText(app), chain: scalarText(chain), session_height: Number(height) };
}

/** A candidate under every name a row may use for it. */
interface Candidate {
  readonly index: number;
  readonly names: readonly string[];
  readonly isJailed: boolean;
}

/** Fields that name candidates which may not be selected. */
const EXCLUDING = /jail|exclu|reject|inelig|removed|gone|over_chains/;

/** Selection with nodes that are no longer eligible: jailed, gone or over the chain limit. */
export function checkSelection(row: Fields, context: Context): void {
  row.take('name');
  const header = headerOf(row);
  const base64 = row.text('session_key_base64', 'key_base64');
  const blockHash = row.text('block_hash', 'session_block_hash');
  row.take('key_preimage', 'header_preimage');
  const given =
    row.text('session_key_hex', 'session_key', 'key_hex', 'key') ??
    (base64 === undefined ? undefined : Buffer.from(base64, 'base64').toString('hex'));
  const derived =
    header === undefined || blockHash === undefined
      ? undefined
      : sessionKeyHex(header.app_public_key, header.chain, blockHash);
  if (given !== undefined && derived !== undefined) row.compare('session key', given, () => derived);
  // A row without candidates or key of its own is about the session of another group.
  const candidates = candidatesOf(row) ?? candidatesOf(sibling(context, 'session_from_rpc'));
  const other = row.has('candidates', 'candidate_addresses') ? 'session' : 'session_from_rpc';
  const key = given ?? derived ?? sibling(context, other).text('session_key_hex');
  if (key === undefined || candidates === undefined) {
    row.finish();
    row.result.unknown.push(`${row.path} (no session key or candidates found)`);
    return;
  }
  const excluded = new Set(
    Object.keys(row.value)
      .filter((name) => EXCLUDING.test(name) && !/^(drawn|selected|result)/.test(name))
      .flatMap((name) => namesIn(row.take(name))),
  );
  const count =
    row.number('session_node_count', 'count', 'node_count', 'nodes', 'n_nodes') ?? lengthOf(row, 'selected') ?? 0;
  const isEligible = (candidate: Candidate): boolean =>
    !candidate.isJailed && !candidate.names.some((name) => excluded.has(name));
  const select = (): Candidate[] => drawSessionNodes({ sessionKeyHex: key, candidates, count, isEligible });
  const code = row.number('error_code', 'code');
  const error = row.text('error');
  if (code !== undefined || (error !== undefined && error !== '')) {
    row.check('is refused', () => {
      try {
        select();
        return false;
      } catch (caught) {
        return caught instanceof ProtocolError && caught.code === (code ?? 17);
      }
    });
  }
  const drawn = (): number[] => drawnUntil(key, candidates.length, select());
  row.expect(['drawn_indices', 'draw_indices', 'draws', 'indices'], drawn);
  for (const name of row.unused()) {
    const expected = row.value[name];
    // Whatever list is left is a result: the draws, or the selection in some spelling.
    if (!Array.isArray(expected)) continue;
    row.expect(name, () => (isEqual(expected, drawn()) ? drawn() : inFormOf(expected, select())));
  }
  row.finish();
}

/** Another group of the file, read without being checked. */
function sibling(context: Context, name: string): Fields {
  const value = context.file[name];
  return new Fields(isObject(value) ? value : {}, name, { passed: 0, failures: [], unknown: [] });
}

function namesIn(value: Value | undefined): string[] {
  if (Array.isArray(value)) return value.flatMap(namesIn);
  if (isObject(value)) {
    const named = value['address'] ?? value['public_key'];
    return named === undefined ? Object.keys(value) : [scalarText(named)];
  }
  return value === undefined ? [] : [scalarText(value)];
}

function lengthOf(row: Fields, prefix: string): number | undefined {
  const name = Object.keys(row.value).find((candidate) => candidate.startsWith(prefix));
  const list = name === undefined ? undefined : row.value[name];
  return Array.isArray(list) ? list.length : undefined;
}

function candidatesOf(row: Fields): Candidate[] | undefined {
  const list = row.take('candidates', 'candidate_addresses', 'validators');
  const total =
    typeof list === 'number' ? list : row.number('candidate_count', 'candidates_count', 'n', 'n_candidates', 'total');
  if (!Array.isArray(list)) {
    return total === undefined
      ? undefined
      : Array.from({ length: total }, (_, index) => ({ index, names: [scalarText(index)], isJailed: false }));
  }
  const candidates = list.map((item, index): Candidate => {
    const names = isObject(item)
      ? ['address', 'public_key', 'name', 'id'].flatMap((name) => (typeof item[name] === 'string' ? [item[name]] : []))
      : [scalarText(item)];
    const isJailed = isObject(item) && (item['jailed'] === true || item['eligible'] === false);
    return { index, names: [...names, scalarText(index)], isJailed };
  });
  return candidates;
}

/** The selection in the words of the expected list: indices, or the candidates' names. */
function inFormOf(expected: Value | undefined, selected: readonly Candidate[]): unknown {
  if (!Array.isArray(expected)) return selected.map(({ names }) => names[0]);
  return expected
    .map((item, position) => {
      const candidate = selected[position];
      if (candidate === undefined) return null;
      if (typeof item === 'number') return candidate.index;
      const wanted = isObject(item) ? scalarText(item['address'] ?? item['public_key']) : scalarText(item);
      return candidate.names.includes(wanted) ? item : candidate.names[0];
    })
    .concat(selected.slice(expected.length).map(({ names }) => names[0]));
}

/** All draws until the last selected node, repetitions included. */
function drawnUntil(key: string, total: number, selected: readonly Candidate[]): number[] {
  const last = selected.at(-1)?.index;
  const indices: number[] = [];
  for (const { index } of sessionDraws(key, total)) {
    indices.push(index);
    if (index === last || last === undefined) return indices;
  }
  return indices;
}

/** A session recomputed from captured RPC answers. */
export function checkSessionFromRpc(group: Fields): void {
  const height = group.number('session_height');
  const blocks = Object.keys(group.value).filter((name) => /^block_?\d+$/.test(name));
  for (const name of blocks) {
    const answer = group.take(name) as unknown as BlockAnswer;
    group.expect([`${name}_abci_header_proto`, `${name}_proto`], () => abciHeaderBytes(answer).toString('hex'));
    group.expect([`${name}_hash`, `${name}_block_hash`], () => sessionBlockHashHex(answer));
  }
  const sessionBlock = (group.value[`block${height ?? 0}`] ?? group.value['block']) as unknown as BlockAnswer;
  group.expect(['session_block_hash', 'block_hash'], () => sessionBlockHashHex(sessionBlock));
  const app = group.text('app_public_key') ?? '';
  const chain = group.text('chain') ?? '';
  const key = sessionKeyHex(app, chain, sessionBlockHashHex(sessionBlock));
  group.expect('session_key_hex', () => key);
  group.expect('session_key_base64', () => Buffer.from(key, 'hex').toString('base64'));
  const candidates = (group.list('candidates') ?? []).map(scalarText);
  group.check('candidates are in order', () =>
    sortByAddress(candidates, (address) => address).every((address, index) => address === candidates[index]),
  );
  const selected = group.list('selected') ?? [];
  const select = (): string[] =>
    drawSessionNodes({ sessionKeyHex: key, candidates, count: selected.length, isEligible: () => true });
  group.expect('selected', select);
  group.expect('drawn_indices', () => {
    const last = candidates.indexOf(select().at(-1) ?? '');
    const indices: number[] = [];
    for (const { index } of sessionDraws(key, candidates.length)) {
      indices.push(index);
      if (index === last) break;
    }
    return indices;
  });
  const first = group.object('dispatch_first_node');
  if (first !== undefined) first.check('is the first selected node', () => first.value['address'] === select()[0]);
  const dispatch = group.object('dispatch', 'dispatch_answer');
  if (dispatch !== undefined) {
    const session = dispatch.value['session'];
    dispatch.check('key', () => isObject(session) && session['key'] === Buffer.from(key, 'hex').toString('base64'));
    dispatch.check('nodes', () => {
      const nodes = isObject(session) && Array.isArray(session['nodes']) ? session['nodes'] : [];
      const addresses = nodes.map((node) => (isObject(node) ? node['address'] : null));
      return JSON.stringify(addresses) === JSON.stringify(select());
    });
  }
  group.finish();
}

/** An ABCI header with every field set: given as JSON, as protobuf, or both. */
export function checkSyntheticHeader(group: Fields): void {
  group.take('name');
  const protoNames = [
    'abci_header_proto',
    'proto',
    'proto_hex',
    'header_proto',
    'protobuf',
    'protobuf_hex',
    'bytes',
    'bytes_hex',
    'preimage',
    'encoded',
  ];
  const expected = protoNames.map((name) => group.value[name]).find((value) => typeof value === 'string');
  const source = group.take('header', 'abci_header', 'block', 'input', 'fields');
  const candidates: Buffer[] = [];
  for (const build of [
    () => encodeAbciHeader(headerFromJson(source ?? group.value)),
    () => abciHeaderBytes(group.value as unknown as BlockAnswer),
    () => abciHeaderBytes(source as unknown as BlockAnswer),
  ]) {
    try {
      candidates.push(build());
    } catch {
      // The row has another shape; the next reading may fit.
    }
  }
  group.take('block_id');
  const built = candidates.find((bytes) => bytes.toString('hex') === expected) ?? candidates[0];
  const proto = typeof expected === 'string' ? Buffer.from(expected, 'hex') : built;
  for (const name of protoNames) {
    if (typeof group.value[name] !== 'string') continue;
    group.expect(name, () => (built ?? encodeAbciHeader(decodeAbciHeader(proto ?? Buffer.alloc(0)))).toString('hex'));
  }
  if (proto !== undefined) {
    group.check('decodes and encodes to the same bytes', () => encodeAbciHeader(decodeAbciHeader(proto)).equals(proto));
    group.expect(['proto_base64', 'bytes_base64'], () => proto.toString('base64'));
    group.expect(['preimage_bytes', 'proto_bytes', 'length'], () => proto.length);
    const hash = sha3(proto);
    for (const name of ['hash', 'block_hash', 'sha3_256', 'session_block_hash', 'block_hash_hex', 'hash_hex']) {
      group.expect(name, () => hash.toString('hex'));
    }
    group.expect(['hash_base64', 'block_hash_base64'], () => hash.toString('base64'));
  }
  if (source === undefined && built !== undefined) {
    // The header's fields stand in the row itself.
    for (const name of group.unused()) if (HEADER_NAMES.has(plain(name))) group.take(name);
  }
  group.finish();
}

const plain = (name: string): string => name.toLowerCase().replace(/_/g, '');
const HEADER_NAMES: ReadonlySet<string> = new Set(
  'version chainid height time numtxs totaltxs lastblockid lastcommithash datahash validatorshash nextvalidatorshash consensushash apphash lastresultshash evidencehash proposeraddress'.split(
    ' ',
  ),
);

/** A header in the names of JSON or of Go's structure, hashes as hex or base64. */
function headerFromJson(value: Value): AbciHeader {
  const header = pick(value);
  const version = pick(header('version') ?? {});
  const last = pick(header('lastblockid') ?? {});
  const parts = pick(last('partsheader') ?? last('parts') ?? last('partsetheader') ?? {});
  const bytes = (field: Value | undefined): Buffer => {
    if (Array.isArray(field)) return Buffer.from(field as number[]);
    const text = typeof field === 'string' ? field : '';
    return /^(?:[0-9a-fA-F]{2})*$/.test(text) ? Buffer.from(text, 'hex') : Buffer.from(text, 'base64');
  };
  const integer = (field: Value | undefined): bigint => BigInt(scalarText(field ?? 0));
  return {
    versionBlock: integer(version('block')),
    versionApp: integer(version('app')),
    chainId: scalarText(header('chainid') ?? ''),
    height: integer(header('height')),
    time: timeOf(header('time')),
    numTxs: integer(header('numtxs')),
    totalTxs: integer(header('totaltxs')),
    lastBlockHash: bytes(last('hash')),
    partsTotal: integer(parts('total')),
    partsHash: bytes(parts('hash')),
    lastCommitHash: bytes(header('lastcommithash')),
    dataHash: bytes(header('datahash')),
    validatorsHash: bytes(header('validatorshash')),
    nextValidatorsHash: bytes(header('nextvalidatorshash')),
    consensusHash: bytes(header('consensushash')),
    appHash: bytes(header('apphash')),
    lastResultsHash: bytes(header('lastresultshash')),
    evidenceHash: bytes(header('evidencehash')),
    proposerAddress: bytes(header('proposeraddress')),
  };
}

function pick(value: Value): (name: string) => Value | undefined {
  const entries = new Map(isObject(value) ? Object.entries(value).map(([key, item]) => [plain(key), item]) : []);
  return (name) => entries.get(name);
}

function timeOf(value: Value | undefined): AbciHeader['time'] {
  if (isObject(value)) {
    const time = pick(value);
    return { seconds: BigInt(scalarText(time('seconds') ?? 0)), nanos: Number(time('nanos') ?? 0) };
  }
  return parseBlockTime(scalarText(value ?? ''));
}
