import {
  type Aat,
  aatFromJson,
  type KeyPair,
  keyPairFromPrivateKey,
  keyPairFromSeed,
  type RelayPayload,
  type RelayProof,
} from '#libs/protocol';
import { Fields, isObject, type Value, scalarText } from './report.js';

/** What groups refer to in one another: keys, AATs and relays of the same file. */
export class Context {
  private readonly keys = new Map<string, KeyPair>();

  constructor(readonly file: Record<string, Value>) {
    const rows = Array.isArray(file['keys']) ? file['keys'] : [];
    for (const row of rows) {
      if (isObject(row) && typeof row['private_key'] === 'string' && /^[0-9a-f]{128}$/.test(row['private_key'])) {
        this.addKey(keyPairFromPrivateKey(row['private_key']));
      }
    }
  }

  addKey(key: KeyPair): void {
    this.keys.set(key.publicKeyHex, key);
  }

  /** The key pair of a public key, where the file or its rules give the private key. */
  keyOf(publicKeyHex: string): KeyPair | undefined {
    return this.keys.get(publicKeyHex) ?? seedKeys().get(publicKeyHex);
  }

  /** AAT number `index` of group `aat`. */
  aat(index: number): Aat {
    const rows = this.file['aat'];
    const row = Array.isArray(rows) ? rows[index] : undefined;
    if (!isObject(row)) throw new Error(`the file has no AAT number ${index}`);
    return aatOfRow(row);
  }

  /** Relay number `index` of group `relays`. */
  relay(index: number): RelayProof {
    const rows = this.file['relays'];
    const row = Array.isArray(rows) ? rows[index] : undefined;
    if (!isObject(row)) throw new Error(`the file has no relay number ${index}`);
    return relayProofOf(new Fields(row, '', { passed: 0, failures: [], unknown: [] }), this);
  }
}

let keysOfEqualBytes: ReadonlyMap<string, KeyPair> | undefined;

/** Section 10.2: seeds are 32 equal bytes; one of them may be used by a row without standing in the file. */
function seedKeys(): ReadonlyMap<string, KeyPair> {
  keysOfEqualBytes ??= new Map(
    Array.from({ length: 256 }, (_, byte) => keyPairFromSeed(Buffer.alloc(32, byte))).map((key) => [
      key.publicKeyHex,
      key,
    ]),
  );
  return keysOfEqualBytes;
}

function aatOfRow(row: Record<string, Value>): Aat {
  if (isObject(row['wire'])) return aatFromJson(row['wire']);
  return {
    version: typeof row['version'] === 'string' ? row['version'] : '0.0.1',
    app_pub_key: scalarText(row['app_public_key'] ?? row['app_pub_key'] ?? ''),
    client_pub_key: scalarText(row['client_public_key'] ?? row['client_pub_key'] ?? ''),
    signature: scalarText(row['signature'] ?? ''),
  };
}

/** A payload from JSON. */
export function payloadOf(value: Value | undefined): RelayPayload {
  const source = isObject(value) ? value : {};
  const headers = source['headers'];
  return {
    data: scalarText(source['data'] ?? ''),
    method: scalarText(source['method'] ?? ''),
    path: scalarText(source['path'] ?? ''),
    headers: isObject(headers) ? (headers as Record<string, string>) : null,
  };
}

/** A relay proof from a row of flat fields, with its AAT inside or by number. */
export function relayProofOf(row: Fields, context: Context): RelayProof {
  const index = row.number('aat_index');
  const inner = row.take('aat', 'token');
  const aat = index !== undefined ? context.aat(index) : isObject(inner) ? aatFromJson(inner) : context.aat(0);
  return {
    request_hash: row.text('request_hash') ?? '',
    entropy: row.bigint('entropy') ?? 0n,
    session_block_height: row.number('session_block_height') ?? 0,
    servicer_pub_key: row.text('servicer_pub_key') ?? '',
    blockchain: row.text('blockchain', 'chain') ?? '',
    aat,
    signature: row.text('client_signature', 'signature') ?? '',
  };
}

/** A relay proof from its wire JSON. */
export function relayProofFromWire(value: Value | undefined): RelayProof {
  if (!isObject(value)) throw new Error('not a relay proof');
  return {
    request_hash: scalarText(value['request_hash'] ?? ''),
    entropy: BigInt(scalarText(value['entropy'] ?? 0)),
    session_block_height: Number(value['session_block_height'] ?? 0),
    servicer_pub_key: scalarText(value['servicer_pub_key'] ?? ''),
    blockchain: scalarText(value['blockchain'] ?? ''),
    aat: aatFromJson(value['aat']),
    signature: scalarText(value['signature'] ?? ''),
  };
}

export { aatOfRow };
