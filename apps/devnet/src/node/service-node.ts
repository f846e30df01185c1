import type { ServerResponse } from 'node:http';
import {
  DecodeError,
  type DispatchAnswer,
  type KeyPair,
  PocketErrorCode,
  ProtocolError,
  decodeRelayRequest,
  encodeRelayError,
  encodeRelaySuccess,
  pocketError,
  relayResponseHash,
  relayResponseHashEscaped,
} from '#libs/protocol';
import { ChainCallError, type ChainClient } from '../chain/chain-client.js';
import type { FaultBoard } from '../faults/fault-board.js';
import type { Behaviour } from '../faults/fault-script.js';
import { resetConnection, sendDisturbed, sufferLatency } from '../faults/fault-transport.js';
import { methodsOf, rewindRequest, tamperAnswer } from '../faults/tamper.js';
import { EvidenceStore } from './evidence.js';
import { fastSigner } from './fast-signatures.js';
import { goText, sortJsonResponse } from './go-json.js';
import type { NetworkView } from './network-view.js';
import { AatMemo, type AcceptedRelay, type RelayChecker, type RelayRequest, acceptRelay } from './relay-checks.js';
import type { RelayCount, RelayOracle } from './relay-oracle.js';

/** Codes whose error answer carries a fresh dispatch. */
const WITH_DISPATCH: ReadonlySet<number> = new Set([
  PocketErrorCode.overService,
  PocketErrorCode.invalidBlockHeight,
  PocketErrorCode.invalidSession,
  PocketErrorCode.outOfSync,
]);

/** What pocket-core sends JSON as. */
export const JSON_TYPE = 'application/json; charset=UTF-8';

/** What the nodes of one process share. */
export interface NodeSurroundings {
  /** The newest view; null until the network runs, and a node is syncing until then. */
  view(): NetworkView | null;
  readonly chains: ReadonlyMap<string, ChainClient>;
  readonly faults: FaultBoard;
  readonly oracle: RelayOracle;
  readonly sessionAllowance: number;
  readonly blockAllowance: number;
}

/** A service node: an identity, its evidence, and the way it answers relays. */
export class ServiceNode {
  readonly evidence = new EvidenceStore();
  readonly #checker: RelayChecker;
  readonly #verifiedAats = new AatMemo();
  readonly #sign: (message: Buffer) => Buffer;
  #ownHeight = 0;

  /** @param index the node's number in the network, from 0. */
  constructor(
    readonly index: number,
    readonly key: KeyPair,
    readonly surroundings: NodeSurroundings,
  ) {
    const { chains } = surroundings;
    this.#sign = fastSigner(key);
    const currentView = (): NetworkView => surroundings.view() as NetworkView;
    const ownHeight = (): number => this.#ownHeight;
    this.#checker = {
      get view() {
        return currentView();
      },
      get ownHeight() {
        return ownHeight();
      },
      publicKeyHex: key.publicKeyHex,
      evidence: this.evidence,
      hosts: (chain) => chains.has(chain),
      sessionAllowance: surroundings.sessionAllowance,
      blockAllowance: surroundings.blockAllowance,
      verifiedAats: this.#verifiedAats,
    };
  }

  /** Answers one relay on the connection. Never rejects: whatever goes wrong becomes an answer. */
  async relay(body: Buffer, response: ServerResponse): Promise<void> {
    const { surroundings } = this;
    const view = surroundings.view();
    let relay: RelayRequest;
    try {
      relay = decodeRelayRequest(body);
    } catch (error) {
      const behaviour = surroundings.faults.strike({ node: this.index });
      return this.#refuse(error, null, behaviour, response);
    }
    const behaviour = surroundings.faults.active ? this.#strike(relay) : null;
    if (behaviour !== null) {
      await sufferLatency(behaviour, surroundings.faults.draw(this.index));
      if (behaviour.drop) return resetConnection(response);
    }
    if (view === null || behaviour?.syncing) return this.#send(400, SYNCING, behaviour, response);
    let accepted: AcceptedRelay;
    try {
      const refusal = behaviour === null ? null : scriptedRefusal(behaviour);
      if (refusal !== null) throw refusal;
      this.#ownHeight = (surroundings.view() as NetworkView).height + (behaviour?.heightSkewBlocks ?? 0);
      accepted = acceptRelay(relay, this.#checker);
    } catch (error) {
      return this.#refuse(error, relay, behaviour, response);
    }
    const { header } = accepted;
    const line = surroundings.oracle.line(header.session_height, header.app_public_key, header.chain, this.index);
    surroundings.oracle.proof(line);
    const chain = surroundings.chains.get(header.chain) as ChainClient;
    let answer: { readonly text: string; readonly valid: boolean };
    try {
      answer =
        behaviour === null
          ? goText(await chain.call(relay.payload))
          : await this.#disturbedCall(chain, relay, behaviour);
    } catch (error) {
      surroundings.oracle.failed(line);
      const reason = error instanceof ChainCallError ? error.message : 'internal error';
      return this.#refuse(pocketError(PocketErrorCode.httpExecution, reason), relay, behaviour, response, true);
    }
    const sorted = sortJsonResponse(answer.text);
    return this.#answer(accepted, line, sorted, !answer.valid && sorted === answer.text, behaviour, response);
  }

  /** Forgets evidence of sessions whose relays the view would refuse. */
  turn(view: NetworkView): void {
    this.evidence.forgetBefore(
      view.sessionHeight - this.surroundings.sessionAllowance * view.parameters.blocksPerSession,
    );
  }

  #strike(relay: RelayRequest): Behaviour | null {
    return this.surroundings.faults.strike({
      node: this.index,
      chain: relay.proof.blockchain,
      methods: methodsOf(relay.payload.data),
    });
  }

  async #disturbedCall(
    chain: ChainClient,
    relay: RelayRequest,
    behaviour: Behaviour,
  ): Promise<{ readonly text: string; readonly valid: boolean }> {
    let staleHeight: number | null = null;
    let { payload } = relay;
    if (behaviour.staleBlocks !== undefined) {
      staleHeight = (await blockNumber(chain)) - behaviour.staleBlocks;
      payload = { ...payload, data: rewindRequest(payload.data, staleHeight) };
    }
    const { text, valid } = goText(await chain.call(payload));
    const tampered = tamperAnswer(behaviour, relay.payload.data, text, staleHeight);
    return { text: tampered, valid: valid || tampered !== text };
  }

  #answer(
    accepted: AcceptedRelay,
    line: RelayCount,
    text: string,
    hasBrokenBytes: boolean,
    behaviour: Behaviour | null,
    response: ServerResponse,
  ): Promise<void> | void {
    const proofHashHex = accepted.proofHash.toString('hex');
    // A stock node signs broken bytes as the escape and sends the character.
    const signed =
      (hasBrokenBytes ? relayResponseHashEscaped(text, proofHashHex) : null) ?? relayResponseHash(text, proofHashHex);
    const signature = this.#sign(signed);
    if (behaviour?.badSignature) signature[0] = (signature[0] as number) ^ 0x01;
    this.surroundings.oracle.answered(line);
    return this.#send(200, encodeRelaySuccess(text, signature.toString('hex')), behaviour, response);
  }

  #refuse(
    error: unknown,
    relay: RelayRequest | null,
    behaviour: Behaviour | null,
    response: ServerResponse,
    alreadyCounted = false,
  ): Promise<void> | void {
    const known =
      error instanceof ProtocolError || error instanceof DecodeError
        ? error
        : new ProtocolError(1, `internal error: ${(error as Error).message}`, 'sdk');
    if (!alreadyCounted) {
      this.surroundings.oracle.refused(this.index, known instanceof ProtocolError ? known.code : 'malformed');
    }
    const dispatch = known instanceof ProtocolError && relay !== null ? this.#dispatchFor(known, relay) : null;
    return this.#send(400, encodeRelayError(known, dispatch), behaviour, response);
  }

  #dispatchFor(error: ProtocolError, relay: RelayRequest): DispatchAnswer | null {
    if (error.codespace !== 'pocketcore' || !WITH_DISPATCH.has(error.code)) return null;
    try {
      return this.surroundings.view()?.dispatch(relay.proof.aat.app_pub_key, relay.proof.blockchain) ?? null;
    } catch {
      return null;
    }
  }

  #send(status: number, body: Buffer, behaviour: Behaviour | null, response: ServerResponse): Promise<void> | void {
    if (behaviour === null) return sendJson(response, status, body);
    return sendDisturbed(behaviour, response, status, JSON_TYPE, body).then((sent) => {
      if (!sent) sendJson(response, status, body);
    });
  }
}

const SYNCING = Buffer.from('{"dispatch":null,"error":{}}\n');

function scriptedRefusal(behaviour: Behaviour): ProtocolError | null {
  if (behaviour.exhausted) return pocketError(PocketErrorCode.evidenceSealed);
  if (behaviour.sessionConfusion !== undefined) {
    return pocketError(
      behaviour.sessionConfusion === 14 ? PocketErrorCode.invalidSession : PocketErrorCode.invalidBlockHeight,
    );
  }
  if (behaviour.errorCode === undefined) return null;
  const code = Object.values(PocketErrorCode).find((known) => known === behaviour.errorCode);
  return code === undefined ? new ProtocolError(behaviour.errorCode, 'scripted by a fault rule') : pocketError(code);
}

async function blockNumber(chain: ChainClient): Promise<number> {
  const asked = '{"jsonrpc":"2.0","id":1,"method":"eth_blockNumber","params":[]}';
  const answer = await chain.call({ data: asked, method: 'POST', path: '', headers: null });
  return Number((JSON.parse(answer.toString()) as { result?: string }).result ?? 0);
}

/** Writes a JSON answer in one piece; browsers may read it from anywhere, as with a stock node. */
export function sendJson(response: ServerResponse, status: number, body: Buffer): void {
  response.writeHead(status, [
    'content-type',
    JSON_TYPE,
    'access-control-allow-origin',
    '*',
    'content-length',
    String(body.length),
  ]);
  response.end(body);
}
