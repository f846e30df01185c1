import {
  aatHashHex,
  addressOf,
  challengeHashHex,
  challengePreimage,
  checkChallenge,
  checkChallengeBasics,
  checkRelayProof,
  createRelayFactory,
  decodeChallenge,
  decodeRelayRequest,
  DecodeError,
  encodeChallenge,
  keyPairFromPrivateKey,
  relayProofHash,
  relayProofHashWithSignatureHex,
  relayProofPreimage,
  relayResponseHash,
  relayResponsePreimage,
  requestHashHex,
  requestPreimage,
  signBytes,
  signRelayResponse,
  verifyRelayResponse,
  verifySignature,
} from '#libs/protocol';
import { type Context, payloadOf, relayProofOf } from '../context.js';
import { Fields, isObject, type Value, scalarText } from '../report.js';

/** One relay: request and proof preimages, hashes, the client's signature, and the fast path giving the same. */
export function checkRelay(row: Fields, context: Context): void {
  row.take('name');
  const payload = payloadOf(row.take('payload'));
  const meta = row.take('meta');
  const height = row.number('block_height') ?? (isObject(meta) ? Number(meta['block_height']) : 0);
  const proof = { ...relayProofOf(row, context), request_hash: requestHashHex(payload, height) };
  row.expect(['request_preimage', 'request_bytes'], () => requestPreimage(payload, height));
  row.expect('request_hash', () => requestHashHex(payload, height));
  row.expect(['proof_preimage', 'proof_bytes'], () => relayProofPreimage(proof).toString('utf8'));
  row.expect('proof_hash', () => relayProofHash(proof).toString('hex'));
  row.expect(['token', 'aat_hash'], () => aatHashHex(proof.aat));
  row.expect('proof_hash_with_signature', () => relayProofHashWithSignatureHex(proof));
  const client = context.keyOf(proof.aat.client_pub_key);
  if (client !== undefined) {
    row.expect(['client_signature', 'signature'], () => signBytes(client, relayProofHash(proof)).toString('hex'));
  }
  row.check('client signature verifies', () =>
    verifySignature(proof.aat.client_pub_key, relayProofHash(proof), Buffer.from(proof.signature, 'hex')),
  );
  row.check('fast path is the same', () => {
    const draft = createRelayFactory({
      aat: proof.aat,
      chain: proof.blockchain,
      sessionHeight: proof.session_block_height,
      servicerPublicKeyHex: proof.servicer_pub_key,
    }).draft(payload, height, proof.entropy);
    const decoded = decodeRelayRequest(draft.finish(Buffer.from(proof.signature, 'hex')));
    return (
      draft.requestHashHex === proof.request_hash &&
      draft.proofHash.equals(relayProofHash(proof)) &&
      requestPreimage(decoded.payload, decoded.blockHeight) === requestPreimage(payload, height) &&
      relayProofHashWithSignatureHex(decoded.proof) === relayProofHashWithSignatureHex(proof)
    );
  });
  row.expect(['wire', 'request'], () => wireOf(payloadJson(payload), height, proof));
  row.finish();
}

function payloadJson(payload: ReturnType<typeof payloadOf>): unknown {
  return { data: payload.data, method: payload.method, path: payload.path, headers: payload.headers };
}

function wireOf(payload: unknown, height: number, proof: ReturnType<typeof relayProofOf>): unknown {
  return { payload, meta: { block_height: height }, proof: { ...proof, aat: { ...proof.aat } } };
}

/** A whole request as it is posted. */
export function checkRelayWireExample(group: Fields): void {
  const text = JSON.stringify(group.value, (_, value: unknown) =>
    typeof value === 'bigint' ? value.toString() : value,
  );
  group.check('decodes, is valid and encodes to the same JSON', () => {
    const { payload, blockHeight, proof } = decodeRelayRequest(Buffer.from(text));
    checkRelayProof(proof);
    const draft = createRelayFactory({
      aat: proof.aat,
      chain: proof.blockchain,
      sessionHeight: proof.session_block_height,
      servicerPublicKeyHex: proof.servicer_pub_key,
    }).draft(payload, blockHeight, proof.entropy);
    const body = draft.finish(Buffer.from(proof.signature, 'hex')).toString('utf8');
    return draft.requestHashHex === proof.request_hash && body === text;
  });
  for (const name of ['payload', 'meta', 'proof']) group.take(name);
  group.finish();
}

/** Decoder leniency and failures. */
export function checkRelayDecode(row: Fields): void {
  row.take('name');
  const input = row.take('input', 'json', 'body');
  const bytes =
    typeof input === 'string' ? Buffer.from(input, 'utf8') : Buffer.from(row.text('input_hex') ?? '', 'hex');
  const expectedError = row.take('decode_error', 'error');
  let error: string | null = null;
  let request: ReturnType<typeof decodeRelayRequest> | undefined;
  try {
    request = decodeRelayRequest(bytes);
  } catch (caught) {
    if (!(caught instanceof DecodeError)) throw caught;
    error = caught.message;
  }
  if (expectedError !== undefined) row.compare('decode_error', expectedError, () => error);
  const decoded = request;
  if (decoded !== undefined) {
    row.expect(['reencoded', 're_encoded'], () => requestPreimage(decoded.payload, decoded.blockHeight));
    row.expect(['hash', 'request_hash'], () => requestHashHex(decoded.payload, decoded.blockHeight));
  } else {
    // What Go had decoded before it met the wrong type is not defined by the protocol.
    for (const name of ['reencoded', 're_encoded', 'hash', 'request_hash']) {
      if (row.value[name] === null || row.value[name] === '') row.take(name);
    }
  }
  row.finish();
}

/** A node's answer: preimage, hash and signature. */
export function checkRelayResponse(row: Fields, context: Context): void {
  row.take('name');
  const index = row.number('relay_index') ?? 0;
  const relay = context.relay(index);
  const response = row.text('response') ?? '';
  const proofHash = row.text('proof_hash') ?? relayProofHash(relay).toString('hex');
  row.expect('preimage', () => relayResponsePreimage(response, proofHash));
  row.expect(['hash', 'response_hash'], () => relayResponseHash(response, proofHash).toString('hex'));
  const privateKey = row.text('servicer_private_key');
  const servicer = privateKey === undefined ? context.keyOf(relay.servicer_pub_key) : keyPairFromPrivateKey(privateKey);
  if (servicer !== undefined) {
    const signature = scalarText(row.value['servicer_signature'] ?? row.value['signature'] ?? '');
    row.check('servicer signature verifies', () =>
      verifyRelayResponse({
        servicerPublicKeyHex: servicer.publicKeyHex,
        proofHashHex: proofHash,
        response,
        signatureHex: signature,
      }),
    );
    row.expect(['servicer_signature', 'signature'], () => signRelayResponse(servicer, response, proofHash));
  }
  row.expect('proof_hash_with_signature', () => relayProofHashWithSignatureHex(relay));
  row.finish();
}

/** A challenge: wire JSON, preimage, hash and its checks. */
export function checkChallengeGroup(group: Fields): void {
  group.take('name');
  const wire: Value = group.take('wire', 'challenge') ?? {};
  const text = JSON.stringify(wire, (_, value: unknown) => (typeof value === 'bigint' ? Number(value) : value));
  const challenge = decodeChallenge(Buffer.from(text));
  group.check('wire JSON is the same', () => encodeChallenge(challenge).toString('utf8') === text);
  group.expect('wire_json', () => encodeChallenge(challenge).toString('utf8'));
  group.expect('preimage', () => challengePreimage(challenge).toString('utf8'));
  group.expect(['hash', 'sha3_256'], () => challengeHashHex(challenge));
  group.check('passes every check', () => {
    checkChallengeBasics(challenge);
    checkChallenge(challenge, [challenge.minorityResponse.proof.blockchain]);
    return true;
  });
  group.expect('reporters_address', () => challenge.reportersAddressHex);
  group.expect('session_header', () => ({
    app_public_key: challenge.minorityResponse.proof.aat.app_pub_key,
    chain: challenge.minorityResponse.proof.blockchain,
    session_height: challenge.minorityResponse.proof.session_block_height,
  }));
  group.check('servicer addresses exist', () =>
    challenge.majorityResponses.every(({ proof }) => addressOf(proof.servicer_pub_key).length === 40),
  );
  group.finish();
}
