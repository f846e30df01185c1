import { bytesOfHex } from './bytes.js';
import { DecodeError } from './errors.js';
import { sha3Hex } from './hashing.js';
import { ProtobufMessage } from './protobuf-reader.js';
import { ProtobufWriter } from './protobuf-writer.js';

/** A JSON integer as RPC answers carry it: decimal text, or a number that was not rounded. */
export type IntegerText = string | number | bigint;

/** A Tendermint block id in JSON; hashes are hex of either case. */
export interface BlockId {
  readonly hash: string;
  readonly parts: { readonly hash: string; readonly total: IntegerText };
}

/** The header of a block in the JSON of `/v1/query/block`. */
export interface BlockHeader {
  readonly version: { readonly block: IntegerText; readonly app: IntegerText };
  readonly chain_id: string;
  readonly height: IntegerText;
  /** RFC 3339 with up to nine fraction digits, in UTC. */
  readonly time: string;
  readonly num_txs: IntegerText;
  readonly total_txs: IntegerText;
  readonly last_block_id: BlockId;
  readonly last_commit_hash: string;
  readonly data_hash: string;
  readonly validators_hash: string;
  readonly next_validators_hash: string;
  readonly consensus_hash: string;
  readonly app_hash: string;
  readonly last_results_hash: string;
  readonly evidence_hash: string;
  readonly proposer_address: string;
}

/** The answer of `/v1/query/block`, as far as sessions need it. */
export interface BlockAnswer {
  readonly block_id: { readonly hash: string };
  readonly block: { readonly header: BlockHeader };
}

/** A Tendermint header as ABCI carries it, all values decoded. */
export interface AbciHeader {
  readonly versionBlock: bigint;
  readonly versionApp: bigint;
  readonly chainId: string;
  readonly height: bigint;
  /** Seconds since 1970 and nanoseconds. */
  readonly time: { readonly seconds: bigint; readonly nanos: number };
  readonly numTxs: bigint;
  readonly totalTxs: bigint;
  readonly lastBlockHash: Buffer;
  readonly partsTotal: bigint;
  readonly partsHash: Buffer;
  readonly lastCommitHash: Buffer;
  readonly dataHash: Buffer;
  readonly validatorsHash: Buffer;
  readonly nextValidatorsHash: Buffer;
  readonly consensusHash: Buffer;
  readonly appHash: Buffer;
  readonly lastResultsHash: Buffer;
  readonly evidenceHash: Buffer;
  readonly proposerAddress: Buffer;
}

/** An ABCI header as protobuf (section 4.3, the table). */
export function encodeAbciHeader(header: AbciHeader): Buffer {
  return new ProtobufWriter()
    .message(1, (version) => version.varint(1, header.versionBlock).varint(2, header.versionApp))
    .bytes(2, header.chainId)
    .varint(3, header.height)
    .message(4, (time) => time.varint(1, header.time.seconds).varint(2, header.time.nanos))
    .varint(5, header.numTxs)
    .varint(6, header.totalTxs)
    .message(7, (blockId) =>
      blockId
        .bytes(1, header.lastBlockHash)
        .message(2, (parts) => parts.varint(1, header.partsTotal).bytes(2, header.partsHash)),
    )
    .bytes(8, header.lastCommitHash)
    .bytes(9, header.dataHash)
    .bytes(10, header.validatorsHash)
    .bytes(11, header.nextValidatorsHash)
    .bytes(12, header.consensusHash)
    .bytes(13, header.appHash)
    .bytes(14, header.lastResultsHash)
    .bytes(15, header.evidenceHash)
    .bytes(16, header.proposerAddress)
    .finish();
}

/** An ABCI header from protobuf. Throws {@link DecodeError}. */
export function decodeAbciHeader(bytes: Uint8Array): AbciHeader {
  const header = new ProtobufMessage(bytes, 'Header');
  const version = header.message(1, 'Version');
  const time = header.message(4, 'Timestamp');
  const lastBlockId = header.message(7, 'BlockID');
  const parts = lastBlockId.message(2, 'PartSetHeader');
  return {
    versionBlock: version.uint64(1),
    versionApp: version.uint64(2),
    chainId: header.string(2, 256),
    height: header.int64(3),
    time: { seconds: time.int64(1), nanos: time.safeInteger(2) },
    numTxs: header.int64(5),
    totalTxs: header.int64(6),
    lastBlockHash: lastBlockId.bytes(1),
    partsTotal: parts.int64(1),
    partsHash: parts.bytes(2),
    lastCommitHash: header.bytes(8),
    dataHash: header.bytes(9),
    validatorsHash: header.bytes(10),
    nextValidatorsHash: header.bytes(11),
    consensusHash: header.bytes(12),
    appHash: header.bytes(13),
    lastResultsHash: header.bytes(14),
    evidenceHash: header.bytes(15),
    proposerAddress: header.bytes(16),
  };
}

/**
 * The ABCI header of a block rebuilt from the RPC answer as pocket-core's `PrevCtx` builds it (section 4.3):
 * `last_block_id.hash` falls back to the consensus hash (height 1), and the parts' hash is the hash of the block itself.
 * Throws {@link DecodeError} for malformed fields.
 */
export function abciHeaderOf(answer: BlockAnswer): AbciHeader {
  const { header } = answer.block;
  const lastBlockHash = hexField(header.last_block_id.hash, 'last_block_id.hash');
  const consensusHash = hexField(header.consensus_hash, 'consensus_hash');
  return {
    versionBlock: integerField(header.version.block, 'version.block'),
    versionApp: integerField(header.version.app, 'version.app'),
    chainId: header.chain_id,
    height: integerField(header.height, 'height'),
    time: parseBlockTime(header.time),
    numTxs: integerField(header.num_txs, 'num_txs'),
    totalTxs: integerField(header.total_txs, 'total_txs'),
    lastBlockHash: lastBlockHash.length === 0 ? consensusHash : lastBlockHash,
    partsTotal: integerField(header.last_block_id.parts.total, 'last_block_id.parts.total'),
    partsHash: hexField(answer.block_id.hash, 'block_id.hash'),
    lastCommitHash: hexField(header.last_commit_hash, 'last_commit_hash'),
    dataHash: hexField(header.data_hash, 'data_hash'),
    validatorsHash: hexField(header.validators_hash, 'validators_hash'),
    nextValidatorsHash: hexField(header.next_validators_hash, 'next_validators_hash'),
    consensusHash,
    appHash: hexField(header.app_hash, 'app_hash'),
    lastResultsHash: hexField(header.last_results_hash, 'last_results_hash'),
    evidenceHash: hexField(header.evidence_hash, 'evidence_hash'),
    proposerAddress: hexField(header.proposer_address, 'proposer_address'),
  };
}

/** The bytes whose hash is the session's block hash. Throws {@link DecodeError}. */
export function abciHeaderBytes(answer: BlockAnswer): Buffer {
  return encodeAbciHeader(abciHeaderOf(answer));
}

/**
 * The block hash that enters session keys, 64 hex digits, from the answer of `/v1/query/block` at the session height.
 * @param o.beforeCodecUpgrade true for heights before 30024 on mainnet: the hash of the previous block (section 4.3).
 */
export function sessionBlockHashHex(
  blockAnswer: BlockAnswer,
  o: { readonly beforeCodecUpgrade?: boolean } = {},
): string {
  if (o.beforeCodecUpgrade === true) {
    return hexField(blockAnswer.block.header.last_block_id.hash, 'last_block_id.hash').toString('hex');
  }
  return sha3Hex(abciHeaderBytes(blockAnswer));
}

function hexField(value: string, name: string): Buffer {
  const bytes = bytesOfHex(value);
  if (bytes === null) throw new DecodeError(`block header field ${name} is not hex`, { field: name });
  return bytes;
}

function integerField(value: IntegerText, name: string): bigint {
  if (typeof value === 'number' && !Number.isSafeInteger(value)) throw malformedInteger(name);
  const text = String(value);
  if (!/^-?\d{1,19}$/.test(text)) throw malformedInteger(name);
  return BigInt(text);
}

function malformedInteger(name: string): DecodeError {
  return new DecodeError(`block header field ${name} is not a 64-bit integer`, { field: name });
}

const RFC3339 = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))?(Z|[+-]\d{2}:\d{2})$/;

/** Seconds since 1970 and nanoseconds of an RFC 3339 time; throws {@link DecodeError}. A Date has milliseconds only, so the fraction is read apart. */
export function parseBlockTime(text: string): { seconds: bigint; nanos: number } {
  const match = RFC3339.exec(text);
  const wholeSeconds = match === null ? Number.NaN : Date.parse(`${text.slice(0, 19)}${match[8] ?? 'Z'}`);
  if (match === null || Number.isNaN(wholeSeconds))
    throw new DecodeError('block header field time is not RFC 3339', { field: 'time' });
  return { seconds: BigInt(wholeSeconds / 1000), nanos: Number((match[7] ?? '').padEnd(9, '0')) };
}
