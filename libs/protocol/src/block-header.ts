import { bytesOfHex } from './bytes.js';
import { DecodeError } from './errors.js';
import { sha3Hex } from './hashing.js';
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

/**
 * The ABCI header of a block as protobuf, rebuilt from the RPC answer (section 4.3): `last_block_id.hash` falls back to the
 * consensus hash (height 1), and `parts.hash` is the hash of the block itself, as pocket-core's `PrevCtx` builds it.
 * Throws {@link DecodeError} for malformed fields.
 */
export function abciHeaderBytes(answer: BlockAnswer): Buffer {
  const { header } = answer.block;
  const lastBlockHash = hexField(header.last_block_id.hash, 'last_block_id.hash');
  const consensusHash = hexField(header.consensus_hash, 'consensus_hash');
  const { seconds, nanos } = parseTime(header.time);
  return new ProtobufWriter()
    .message(1, (version) =>
      version
        .varint(1, integerField(header.version.block, 'version.block'))
        .varint(2, integerField(header.version.app, 'version.app')),
    )
    .bytes(2, header.chain_id)
    .varint(3, integerField(header.height, 'height'))
    .message(4, (time) => time.varint(1, seconds).varint(2, nanos))
    .varint(5, integerField(header.num_txs, 'num_txs'))
    .varint(6, integerField(header.total_txs, 'total_txs'))
    .message(7, (blockId) =>
      blockId
        .bytes(1, lastBlockHash.length === 0 ? consensusHash : lastBlockHash)
        .message(2, (parts) =>
          parts
            .varint(1, integerField(header.last_block_id.parts.total, 'last_block_id.parts.total'))
            .bytes(2, hexField(answer.block_id.hash, 'block_id.hash')),
        ),
    )
    .bytes(8, hexField(header.last_commit_hash, 'last_commit_hash'))
    .bytes(9, hexField(header.data_hash, 'data_hash'))
    .bytes(10, hexField(header.validators_hash, 'validators_hash'))
    .bytes(11, hexField(header.next_validators_hash, 'next_validators_hash'))
    .bytes(12, consensusHash)
    .bytes(13, hexField(header.app_hash, 'app_hash'))
    .bytes(14, hexField(header.last_results_hash, 'last_results_hash'))
    .bytes(15, hexField(header.evidence_hash, 'evidence_hash'))
    .bytes(16, hexField(header.proposer_address, 'proposer_address'))
    .finish();
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

/** Seconds since 1970 and nanoseconds of an RFC 3339 time. A Date has milliseconds only, so the fraction is read apart. */
function parseTime(text: string): { seconds: bigint; nanos: number } {
  const match = RFC3339.exec(text);
  const wholeSeconds = match === null ? Number.NaN : Date.parse(`${text.slice(0, 19)}${match[8] ?? 'Z'}`);
  if (match === null || Number.isNaN(wholeSeconds))
    throw new DecodeError('block header field time is not RFC 3339', { field: 'time' });
  return { seconds: BigInt(wholeSeconds / 1000), nanos: Number((match[7] ?? '').padEnd(9, '0')) };
}
