import {
  type Aat,
  aatFromJson,
  aatHashHex,
  aatJsJson,
  aatPreimage,
  addressOf,
  checkAat,
  keyPairFromPrivateKey,
  keyPairFromSeed,
  makeAat,
  ProtocolError,
} from '#libs/protocol';
import { aatOfRow, type Context } from '../context.js';
import { type Fields, isObject } from '../report.js';

/** Seeds to private key, public key and address. */
export function checkKey(row: Fields): void {
  const seed = row.text('seed', 'seed_hex');
  const privateKey = row.text('private_key');
  const pair =
    seed !== undefined
      ? keyPairFromSeed(Buffer.from(seed, 'hex'))
      : privateKey !== undefined
        ? keyPairFromPrivateKey(privateKey)
        : undefined;
  row.take('name');
  if (pair !== undefined) {
    row.expect('private_key', () => pair.privateKeyHex);
    row.expect(['public_key', 'pub_key'], () => pair.publicKeyHex);
  }
  const publicKey = pair?.publicKeyHex ?? row.text('public_key', 'pub_key') ?? '';
  row.expect('address', () => addressOf(publicKey));
  row.finish();
}

/** One AAT: preimage, hash, signature, wire and aat-js JSON; or a negative case with its error. */
export function checkAatRow(row: Fields, context: Context): void {
  row.take('name', 'case');
  const privateKey = row.text('app_private_key', 'private_key');
  const application = privateKey === undefined ? undefined : keyPairFromPrivateKey(privateKey);
  if (application !== undefined) context.addKey(application);
  row.take('version', 'app_public_key', 'client_public_key');
  row.take('app_pub_key');
  row.take('client_pub_key');
  const error = row.take('error', 'expected_error', 'validate_error', 'reason', 'message');
  const code = row.number('code', 'error_code', 'expected_code');
  const isNegative = (error !== undefined && error !== null && error !== '') || (code !== undefined && code !== 0);
  const aat = isNegative || application === undefined ? aatOfNegative(row) : rebuilt(row, application.publicKeyHex);
  if (application !== undefined) {
    row.expect(['app_public_key', 'app_pub_key'], () => application.publicKeyHex);
    row.expect('app_address', () => application.addressHex);
  }
  row.take('app_address');
  row.expect('client_public_key', () => aat.client_pub_key);
  row.expect(['preimage', 'hashed_bytes'], () => aatPreimage(aat));
  row.expect(['preimage_bytes', 'preimage_length'], () => Buffer.byteLength(aatPreimage(aat)));
  row.expect(['sha3_256', 'hash', 'aat_hash', 'token'], () => aatHashHex(aat));
  const valid = row.take('valid');
  if (isNegative || valid === false) {
    expectRefusal(row, aat, typeof error === 'string' ? error : '', code);
  } else {
    row.check('is accepted', () => {
      checkAat(aat);
      return true;
    });
    if (application !== undefined) row.expect('signature', () => makeAat(application, aat.client_pub_key).signature);
    else row.take('signature');
  }
  row.expect(['wire', 'aat', 'wire_object'], () => ({ ...aat }));
  row.expect('wire_json', () => JSON.stringify(aat));
  row.expect('aat_js_object_json', () => aatJsJson(aat));
  row.expect('aat_js_object', () => JSON.parse(aatJsJson(aat)) as unknown);
  row.finish();
}

function rebuilt(row: Fields, appPublicKeyHex: string): Aat {
  const given = aatOfRow(row.value);
  return { ...given, app_pub_key: given.app_pub_key === '' ? appPublicKeyHex : given.app_pub_key };
}

function aatOfNegative(row: Fields): Aat {
  const inner = row.value['aat'] ?? row.value['wire'];
  return isObject(inner) ? aatFromJson(inner) : aatOfRow(row.value);
}

function expectRefusal(row: Fields, aat: Aat, text: string, code: number | undefined): void {
  row.check('is refused', () => {
    try {
      checkAat(aat);
      return false;
    } catch (error) {
      if (!(error instanceof ProtocolError) || error.code !== (code ?? 4)) return false;
      // The row may hold the whole message, the reason alone, or pocket-core's log form.
      const whole = error.message;
      const reason = whole.slice(whole.indexOf(' : ') + 3);
      return (
        text === '' || text.includes(whole) || whole.includes(text) || text.includes(reason) || sameWords(text, whole)
      );
    }
  });
}

function sameWords(left: string, right: string): boolean {
  const words = (text: string): string => text.replace(/[\s"\\]+/g, ' ').trim();
  return words(left).includes(words(right)) || words(right).includes(words(left));
}
