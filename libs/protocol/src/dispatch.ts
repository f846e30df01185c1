import { DecodeError } from './errors.js';
import { goSortedJson } from './go-json.js';
import { GoDecoding } from './go-decoding.js';
import { type JsonNode, readJson } from './json-reader.js';
import type { SessionHeader } from './session.js';

/** A node of a session, in wire names (section 4.6). */
export interface DispatchNode {
  readonly address: string;
  readonly public_key: string;
  /** `http(s)://host:port`, without a path. */
  readonly service_url: string;
  readonly chains: string[];
  readonly jailed: boolean;
  /** 0 unstaked, 1 unstaking, 2 staked. */
  readonly status: number;
  /** Stake in uPOKT, decimal text. */
  readonly tokens: string;
  readonly output_address: string;
  /** RFC 3339. */
  readonly unstaking_time: string;
  /** Share in percent by delegator address; null when there are none. */
  readonly reward_delegators?: Readonly<Record<string, number>> | null;
}

/** The answer of `/v1/client/dispatch`. */
export interface DispatchAnswer {
  /** Newest height of the node that answered. */
  readonly block_height: number;
  readonly session: {
    readonly header: SessionHeader;
    /** Session key, base64 of 32 bytes. */
    readonly key: string;
    /** In selection order. */
    readonly nodes: DispatchNode[];
  };
}

/** More nodes than any session has, fewer than would hurt. */
const NODES_MAX = 1000;
const CHAINS_MAX = 1000;
const DELEGATORS_MAX = 1000;
const DISPATCH_BOUNDS = { bytesMax: 4 * 1024 * 1024, depthMax: 16 };

/**
 * Decodes the answer of `/v1/client/dispatch`; unknown keys are ignored. Throws {@link DecodeError}. The header is what the
 * node claims: compare it with what was asked.
 */
export function decodeDispatchAnswer(body: Uint8Array): DispatchAnswer {
  return dispatchAnswerOf(readJson(body, DISPATCH_BOUNDS));
}

/** The same from parsed JSON. Throws {@link DecodeError}. */
export function dispatchAnswerOf(node: JsonNode): DispatchAnswer {
  if (node.kind !== 'object') throw new DecodeError('a dispatch answer must be an object');
  const decoding = new GoDecoding();
  const header = { app_public_key: '', chain: '', session_height: 0 };
  const session = { header, key: '', nodes: [] as DispatchNode[] };
  let blockHeight = 0;
  let hasSession = false;
  decoding.fields(node, 'DispatchResponse', {
    block_height: (value) => (blockHeight = decoding.height(value, blockHeight)),
    session: (value) => {
      hasSession = value.kind === 'object';
      decoding.fields(value, 'Session', {
        header: (headerNode) =>
          decoding.fields(headerNode, 'SessionHeader', {
            app_public_key: (text) => (header.app_public_key = decoding.string(text, header.app_public_key)),
            chain: (text) => (header.chain = decoding.string(text, header.chain)),
            session_height: (height) => (header.session_height = decoding.height(height, header.session_height)),
          }),
        key: (text) => (session.key = decoding.string(text, session.key)),
        nodes: (nodes) =>
          (session.nodes = elements(nodes, NODES_MAX, 'nodes').map((item) => dispatchNodeOf(decoding, item))),
      });
    },
  });
  decoding.finish();
  if (!hasSession) throw new DecodeError('a dispatch answer has no session');
  return { block_height: blockHeight, session };
}

function dispatchNodeOf(decoding: GoDecoding, node: JsonNode): DispatchNode {
  const result = {
    address: '',
    public_key: '',
    service_url: '',
    chains: [] as string[],
    jailed: false,
    status: 0,
    tokens: '0',
    output_address: '',
    unstaking_time: '',
    reward_delegators: null as Record<string, number> | null,
  };
  if (node.kind !== 'object') throw new DecodeError('a session node must be an object');
  decoding.fields(node, 'Validator', {
    address: (value) => (result.address = decoding.string(value, result.address)),
    public_key: (value) => (result.public_key = decoding.string(value, result.public_key)),
    service_url: (value) => (result.service_url = decoding.string(value, result.service_url)),
    chains: (value) =>
      (result.chains = elements(value, CHAINS_MAX, 'chains').map((chain) => decoding.string(chain, ''))),
    jailed: (value) => (result.jailed = decoding.bool(value, result.jailed)),
    status: (value) => (result.status = decoding.height(value, result.status)),
    tokens: (value) => (result.tokens = decoding.string(value, result.tokens)),
    output_address: (value) => (result.output_address = decoding.string(value, result.output_address)),
    unstaking_time: (value) => (result.unstaking_time = decoding.string(value, result.unstaking_time)),
    reward_delegators: (value) => {
      if (value.kind !== 'object') return;
      if (value.members.length > DELEGATORS_MAX) throw new DecodeError('too many reward delegators');
      const delegators = Object.create(null) as Record<string, number>;
      for (const { key, value: share } of value.members) delegators[key] = decoding.height(share, 0);
      result.reward_delegators = delegators;
    },
  });
  return result;
}

function elements(node: JsonNode, countMax: number, name: string): readonly JsonNode[] {
  if (node.kind === 'null') return [];
  if (node.kind !== 'array') throw new DecodeError(`${name} must be an array`, { field: name, value: node.kind });
  if (node.items.length > countMax) throw new DecodeError(`more than ${countMax} ${name}`, { field: name });
  return node.items;
}

/** A dispatch answer as pocket-core writes it: sorted keys, no newline. */
export function dispatchAnswerJson(answer: DispatchAnswer): string {
  return goSortedJson({
    block_height: answer.block_height,
    session: {
      header: {
        app_public_key: answer.session.header.app_public_key,
        chain: answer.session.header.chain,
        session_height: answer.session.header.session_height,
      },
      key: answer.session.key,
      nodes: answer.session.nodes.map((node) => ({
        address: node.address,
        chains: node.chains,
        jailed: node.jailed,
        output_address: node.output_address,
        public_key: node.public_key,
        reward_delegators: node.reward_delegators ?? null,
        service_url: node.service_url,
        status: node.status,
        tokens: node.tokens,
        unstaking_time: node.unstaking_time,
      })),
    },
  });
}
