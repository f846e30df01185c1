import type { LocalLedger } from '#libs/ledger';
import { decodeTransaction, dispatchAnswerJson } from '#libs/protocol';
import type { NetworkView } from '../node/network-view.js';
import type { ServiceNode } from '../node/service-node.js';
import type { RpcRoute } from './query-routes.js';
import { requests } from './requests.js';
import { parseRequest, rpcAnswer } from './rpc-json.js';

/** What the client routes work on. */
export interface ClientSource {
  readonly ledger: LocalLedger;
  readonly nodes: readonly ServiceNode[];
  view(): NetworkView;
}

/** `/v1/client/dispatch` and `/v1/client/rawtx`; relays and challenges are answered by the nodes themselves. */
export function clientRoutes(source: ClientSource): ReadonlyMap<string, RpcRoute> {
  return new Map<string, RpcRoute>([
    [
      'dispatch',
      (body) => {
        const { app_public_key: applicationPublicKey, chain } = parseRequest(requests.dispatch, body);
        return { status: 200, body: `${dispatchAnswerJson(source.view().dispatch(applicationPublicKey, chain))}\n` };
      },
    ],
    [
      'rawtx',
      async (body) => {
        const { address, raw_hex_bytes: hex } = parseRequest(requests.rawTransaction, body);
        const submitted = await source.ledger.submitTransaction(address, Buffer.from(hex, 'hex'));
        if (submitted.code === 0) sealClaimed(source.nodes, Buffer.from(hex, 'hex'));
        return rpcAnswer({
          ...(submitted.code === 0 ? {} : { code: submitted.code, codespace: submitted.codespace }),
          logs: null,
          raw_log: submitted.log,
          txhash: submitted.txHash,
        });
      },
    ],
  ]);
}

/** A node takes no more relays for a session once it is claimed (90), whoever handed the claim in. */
function sealClaimed(nodes: readonly ServiceNode[], bytes: Buffer): void {
  const { message } = decodeTransaction(bytes);
  if (message.type !== 'pocketcore/claim') return;
  const node = nodes.find(({ key }) => key.addressHex === message.value.fromAddressHex);
  node?.evidence.find(message.value.header)?.seal();
}
