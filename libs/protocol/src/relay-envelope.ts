import type { Aat } from './aat.js';
import { type DispatchAnswer, dispatchAnswerJson, dispatchAnswerOf } from './dispatch.js';
import { DecodeError, type ProtocolError } from './errors.js';
import { GoDecoding } from './go-decoding.js';
import { goString } from './go-json.js';
import { type JsonBounds, type JsonNode, readJson } from './json-reader.js';
import type { RelayPayload, RelayProof } from './relay.js';

/** A relay request as a node decodes it. */
export interface RelayRequest {
  readonly payload: RelayPayload;
  /** `meta.block_height`. */
  readonly blockHeight: number;
  readonly proof: RelayProof;
}

/** What a node answered to a relay. */
export type RelayAnswer =
  | { readonly kind: 'success'; readonly response: string; readonly signatureHex: string }
  | {
      readonly kind: 'refused';
      /** The innermost code: what a geo-mesh node wraps is taken out. 0 when the node gave none. */
      readonly code: number;
      readonly codespace: string;
      readonly message: string;
      /** A fresh session for codes 60, 14, 71 and 75, where the node sent one. */
      readonly dispatch: DispatchAnswer | null;
      /** Whether the code was wrapped as geo-mesh nodes do. */
      readonly mesh: boolean;
    }
  | { readonly kind: 'malformed'; readonly reason: string };

/** A stock node reads at most 1 MiB of a request. */
export const RELAY_REQUEST_BYTES_MAX = 1024 * 1024;
/** Nothing in the protocol bounds answers; a gateway must. */
export const RELAY_ANSWER_BYTES_MAX = 64 * 1024 * 1024;

const REQUEST_BOUNDS: JsonBounds = { bytesMax: RELAY_REQUEST_BYTES_MAX, depthMax: 64 };
const ANSWER_BOUNDS: JsonBounds = { bytesMax: RELAY_ANSWER_BYTES_MAX, depthMax: 64 };

/**
 * Decodes the body of `POST /v1/client/relay` as a node does (section 5.1): types strict, keys case-insensitive, unknown keys
 * ignored, missing fields empty. Throws {@link DecodeError} with Go's message; checks no rule of the protocol.
 */
export function decodeRelayRequest(body: Uint8Array): RelayRequest {
  return relayRequestOf(readJson(body, REQUEST_BOUNDS));
}

function relayRequestOf(root: JsonNode): RelayRequest {
  const decoding = new GoDecoding();
  const payload = { data: '', method: '', path: '', headers: null as Readonly<Record<string, string>> | null };
  const proof = emptyProof();
  let blockHeight = 0;
  decoding.fields(root, 'Relay', {
    payload: (node) =>
      decoding.fields(node, 'Payload', {
        data: (value) => (payload.data = decoding.string(value, payload.data)),
        method: (value) => (payload.method = decoding.string(value, payload.method)),
        path: (value) => (payload.path = decoding.string(value, payload.path)),
        headers: (value) => (payload.headers = decoding.stringMap(value, payload.headers)),
      }),
    meta: (node) =>
      decoding.fields(node, 'RelayMeta', {
        block_height: (value) => (blockHeight = decoding.height(value, blockHeight)),
      }),
    proof: (node) => readRelayProof(decoding, node, proof),
  });
  decoding.finish();
  return { payload, blockHeight, proof };
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
/** A relay proof that is being filled. */
export type RelayProofBuilder = Mutable<Omit<RelayProof, 'aat'>> & { aat: Mutable<Aat> };

/** A proof with every field at Go's zero value. */
export function emptyProof(): RelayProofBuilder {
  return {
    request_hash: '',
    entropy: 0n,
    session_block_height: 0,
    servicer_pub_key: '',
    blockchain: '',
    aat: { version: '', app_pub_key: '', client_pub_key: '', signature: '' },
    signature: '',
  };
}

/** Fills `proof` from JSON; shared with challenges. */
export function readRelayProof(decoding: GoDecoding, node: JsonNode, proof: RelayProofBuilder): void {
  const { aat } = proof;
  decoding.fields(node, 'RelayProof', {
    request_hash: (value) => (proof.request_hash = decoding.string(value, proof.request_hash)),
    entropy: (value) => (proof.entropy = decoding.int64(value, proof.entropy)),
    session_block_height: (value) => (proof.session_block_height = decoding.height(value, proof.session_block_height)),
    servicer_pub_key: (value) => (proof.servicer_pub_key = decoding.string(value, proof.servicer_pub_key)),
    blockchain: (value) => (proof.blockchain = decoding.string(value, proof.blockchain)),
    aat: (token) =>
      decoding.fields(token, 'AAT', {
        version: (value) => (aat.version = decoding.string(value, aat.version)),
        app_pub_key: (value) => (aat.app_pub_key = decoding.string(value, aat.app_pub_key)),
        client_pub_key: (value) => (aat.client_pub_key = decoding.string(value, aat.client_pub_key)),
        signature: (value) => (aat.signature = decoding.string(value, aat.signature)),
      }),
    signature: (value) => (proof.signature = decoding.string(value, proof.signature)),
  });
}

/** The body of a served relay: `{"response","signature"}` and a newline. */
export function encodeRelaySuccess(response: string, signatureHex: string): Buffer {
  return Buffer.from(`{"response":${goString(response)},"signature":${goString(signatureHex)}}\n`, 'utf8');
}

/** The body of a refused relay, HTTP 400. A {@link DecodeError} becomes what Go's own JSON errors look like. */
export function encodeRelayError(error: ProtocolError | DecodeError, dispatch: DispatchAnswer | null): Buffer {
  const inner =
    error instanceof DecodeError
      ? error.detail.field === undefined
        ? `{"Offset":${error.detail.offset ?? 0}}`
        : `{"Field":${goString(error.detail.field)},"Value":${goString(error.detail.value ?? '')}}`
      : `{"code":${error.code},"codespace":${goString(error.codespace)},"message":${goString(error.message)}}`;
  const fresh = dispatch === null ? 'null' : dispatchAnswerJson(dispatch);
  return Buffer.from(`{"dispatch":${fresh},"error":${inner}}\n`, 'utf8');
}

/**
 * Decodes what a node answered to a relay (sections 5.4 and 5.7). Never throws: whatever does not fit is `malformed`, with a
 * reason that contains nothing of the body.
 */
export function decodeRelayAnswer(status: number, body: Uint8Array): RelayAnswer {
  let root: JsonNode;
  try {
    root = readJson(body, ANSWER_BOUNDS);
  } catch (error) {
    return malformed(`HTTP ${status} without JSON: ${error instanceof DecodeError ? error.message : 'unreadable'}`);
  }
  if (root.kind !== 'object') return malformed(`HTTP ${status} with a JSON ${root.kind}`);
  const members = new Map(root.members.map(({ key, value }) => [key, value]));
  const error = members.get('error');
  if (error !== undefined && error.kind !== 'null') return refusal(error, members.get('dispatch'));
  const response = members.get('response');
  const signature = members.get('signature');
  if (status !== 200) return malformed(`HTTP ${status} without an error object`);
  if (response?.kind !== 'string') return malformed('the answer has no response text');
  if (signature?.kind !== 'string') return malformed('the answer has no signature');
  return { kind: 'success', response: response.value, signatureHex: signature.value };
}

function malformed(reason: string): RelayAnswer {
  return { kind: 'malformed', reason };
}

function refusal(error: JsonNode, dispatchNode: JsonNode | undefined): RelayAnswer {
  const members =
    error.kind === 'object'
      ? new Map(error.members.map(({ key, value }) => [key, value]))
      : new Map<string, JsonNode>();
  const codeNode = members.get('code');
  const code = codeNode?.kind === 'number' && /^-?\d{1,9}$/.test(codeNode.raw) ? Number(codeNode.raw) : 0;
  const outer = { code, codespace: textOf(members.get('codespace')), message: textOf(members.get('message')) };
  const inner = unwrapMeshError(outer);
  let dispatch: DispatchAnswer | null = null;
  if (dispatchNode?.kind === 'object') {
    try {
      dispatch = dispatchAnswerOf(dispatchNode);
    } catch (decodeError) {
      // The refusal is worth more than the session that came with it: the caller re-dispatches.
      if (!(decodeError instanceof DecodeError)) throw decodeError;
    }
  }
  return { kind: 'refused', ...(inner ?? outer), dispatch, mesh: inner !== null };
}

function textOf(node: JsonNode | undefined): string {
  return node?.kind === 'string' ? node.value : '';
}

/** More nesting of escaped errors than any proxy chain produces. */
const MESH_NESTING_MAX = 8;
const MESH_MESSAGE_MAX = 16 * 1024;
const WRAPPED = /Codespace: ?([a-z]{1,32})\s+Code: ?(\d{1,6})\s+Message: ?"?/g;

/**
 * The innermost error inside the text of a geo-mesh error (outer `sdk` code 1), where each level may be escaped once more.
 * Null when the error wraps nothing.
 */
export function unwrapMeshError(error: {
  readonly code: number;
  readonly codespace: string;
  readonly message: string;
}): { code: number; codespace: string; message: string } | null {
  if (error.codespace !== 'sdk' || error.code !== 1) return null;
  // Unescape level by level: `\\n` → `\n` → newline.
  let text = error.message.slice(0, MESH_MESSAGE_MAX);
  for (let level = 0; level < MESH_NESTING_MAX && text.includes('\\'); level += 1) {
    text = text.replace(/\\(n|t|r|"|\\)/g, (_, letter: string) =>
      letter === 'n' ? '\n' : letter === 't' ? '\t' : letter === 'r' ? '\r' : letter,
    );
  }
  const last = [...text.matchAll(WRAPPED)].at(-1);
  if (last === undefined) return null;
  const rest = text.slice(last.index + last[0].length);
  return {
    codespace: last[1] ?? '',
    code: Number(last[2]),
    message: rest.split(/["\n]/, 1)[0] ?? '',
  };
}
