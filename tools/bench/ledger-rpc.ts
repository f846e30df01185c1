import { type IncomingMessage, type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type DispatchNode, dispatchAnswerJson, generateKeyPair } from '#libs/protocol';

/** Height of the benchmark's network; it stands still, so that every round meets the same session. */
const HEIGHT = 1_001;
const CHAIN = '0021';

/**
 * The part of pocket-core's RPC that a gateway asks for, with canned answers: every application is staked and has one session of
 * all nodes that never ends. `stakes`: uPOKT by application address; the worker compares them with the database.
 */
export async function startLedgerRpc(
  nodePorts: readonly number[],
  stakes: ReadonlyMap<string, string>,
): Promise<{ url: string; server: Server }> {
  const nodes = nodePorts.map((port): DispatchNode => {
    const { publicKeyHex, addressHex } = generateKeyPair();
    return {
      address: addressHex,
      public_key: publicKeyHex,
      service_url: `http://127.0.0.1:${port}`,
      chains: [CHAIN],
      jailed: false,
      status: 2,
      tokens: '15000000000',
      output_address: addressHex,
      unstaking_time: '0001-01-01T00:00:00Z',
    };
  });
  const parameters = parameterGroups(nodePorts.length);
  const answer = (path: string, body: Readonly<Record<string, unknown>>): string => {
    switch (path) {
      case '/v1/query/height':
        return JSON.stringify({ height: HEIGHT });
      case '/v1/query/allparams':
        return parameters;
      case '/v1/query/app':
        return JSON.stringify({
          address: body['address'],
          public_key: '00'.repeat(32),
          chains: [CHAIN],
          jailed: false,
          max_relays: '1000000000000',
          staked_tokens: stakes.get(String(body['address'])) ?? '0',
          status: 2,
          unstaking_time: '0001-01-01T00:00:00Z',
        });
      case '/v1/client/dispatch': {
        const header = {
          app_public_key: String(body['app_public_key']),
          chain: String(body['chain']),
          session_height: HEIGHT,
        };
        return dispatchAnswerJson({ block_height: HEIGHT, session: { header, key: '', nodes } });
      }
      default:
        return JSON.stringify({ code: 1, message: `not part of the benchmark: ${path}` });
    }
  };
  const server = createServer((request, response) => {
    readBody(request).then(
      (body) => {
        response.setHeader('content-type', 'application/json');
        response.end(answer(request.url ?? '', body));
      },
      () => response.writeHead(400).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', 1_024, resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}

async function readBody(request: IncomingMessage): Promise<Record<string, unknown>> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  const text = Buffer.concat(parts).toString();
  return text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
}

/** `/v1/query/allparams`: what differs from genesis. */
function parameterGroups(sessionNodeCount: number): string {
  return JSON.stringify({
    app_params: [],
    auth_params: [],
    gov_params: [],
    node_params: [],
    pocket_params: [{ param_key: 'pocketcore/SessionNodeCount', param_value: String(sessionNodeCount) }],
  });
}
