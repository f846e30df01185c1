/**
 * The segment and chunk format, version 1. All integers little endian.
 *
 *     file    = "PKTR" version:u8 record*
 *     record  = length:u32 payload[length] crc32:u32          the checksum covers length and payload
 *     payload = 0 header   sequence:u32 createdAtMs:f64 instanceId:text
 *             | 1 text     text                               defines the next text number, from 0
 *             | 2 session  height:f64 chain:text application:text aatVersion:text aatApplication:text aatClient:text aatSignature:text
 *             | 3 receipt  see below                          refers to texts and sessions defined before it
 *             | 4 footer   receipts:u32                       last record of a sealed chunk; a segment in use has none
 *     text    = length:u16 utf8[length]
 *     receipt = flags:u8 tenant endpoint key application chain method day node session: u16 each, requestId[16]
 *               answeredAtMs:f64 durationUs:u32 bytesIn:u32 bytesOut:u32 entropy:i64
 *               requestHash[32] responseHash[32] clientSignature[64] nodeSignature[64] responseHashEscaped[32]?
 *
 * Texts and sessions are written once per segment: a receipt of 700 bytes as JSON takes 265.
 */
export const MAGIC = Buffer.from('PKTR', 'latin1');
export const FORMAT_VERSION = 1;
export const PREAMBLE_BYTES = 5;

export const RecordType = { header: 0, text: 1, session: 2, receipt: 3, footer: 4 } as const;

/** Bytes of a record around its payload: length and checksum. */
export const FRAME_BYTES = 8;
/** Upper bound of one payload; longer ones are damage. */
export const PAYLOAD_BYTES_MAX = 16 * 1024;
/** Upper bound of one text in UTF-8. */
export const TEXT_BYTES_MAX = 2048;
/** Text and session numbers are 16 bits wide. */
export const DICTIONARY_ENTRIES_MAX = 65_535;
/** Upper bound of receipts in a segment: eight texts each still fit the dictionary. */
export const RECEIPTS_MAX = 8_000;

export const RECEIPT_BYTES = 256;
export const HASH_BYTES = 32;
export const SIGNATURE_BYTES = 64;
export const U32_MAX = 0xffff_ffff;

/** Offsets inside a receipt's payload. */
export const At = {
  flags: 1,
  tenant: 2,
  endpoint: 4,
  key: 6,
  application: 8,
  chain: 10,
  method: 12,
  day: 14,
  node: 16,
  session: 18,
  requestId: 20,
  answeredAtMs: 36,
  durationUs: 44,
  bytesIn: 48,
  bytesOut: 52,
  entropy: 56,
  requestHash: 64,
  responseHash: 96,
  clientSignature: 128,
  nodeSignature: 192,
  responseHashEscaped: 256,
} as const;

/** Purposes by their number in the lowest three bits of the flags. */
export const PURPOSES = ['client', 'retry', 'hedge', 'quorum', 'probe'] as const;
export const PURPOSE_MASK = 0b111;
export const FLAG_BILLABLE = 1 << 3;
export const FLAG_RPC_ERROR = 1 << 4;
export const FLAG_VERIFIED = 1 << 5;
export const FLAG_ESCAPED = 1 << 6;
