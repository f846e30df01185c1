import { randomFillSync, sign } from 'node:crypto';
import { type IncomingMessage, type ServerResponse, createServer } from 'node:http';
import { type AddressInfo } from 'node:net';
import { type Dispatcher, Pool } from 'undici';
import { type RelayFactory, createRelayFactory, generateKeyPair, makeAat } from '#libs/protocol';

/**
 * What can be had with the least: node:http in front, undici's `dispatch` behind, nothing between. With `sign`, a relay is built
 * and signed for each request and the answer taken out of its envelope; no key, limit, receipt or metric in either case.
 * Arguments: `plain` or `sign`, then the nodes' ports. Prints its own port.
 */
const [mode = 'plain', ...ports] = process.argv.slice(2);
const signs = mode === 'sign';
const pools = ports.map((port) => new Pool(`http://127.0.0.1:${port}`, { connections: 64, pipelining: 1 }));
const [application, client] = [generateKeyPair(), generateKeyPair()];
const factories: RelayFactory[] = pools.map(() =>
  createRelayFactory({
    aat: makeAat(application, client.publicKeyHex),
    chain: '0021',
    sessionHeight: 1_001,
    servicerPublicKeyHex: generateKeyPair().publicKeyHex,
  }),
);
const entropies = Buffer.alloc(8_192);
let entropyAt = entropies.length;
let turn = 0;

function entropy(): bigint {
  if (entropyAt === entropies.length) {
    randomFillSync(entropies);
    entropyAt = 0;
  }
  const value = entropies.readBigUInt64LE(entropyAt) >> 11n;
  entropyAt += 8;
  return value;
}

class Forward implements Dispatcher.DispatchHandler {
  readonly #parts: Buffer[] = [];
  #status = 0;

  constructor(private readonly response: ServerResponse) {}

  onRequestStart(): void {
    // Nothing to keep: a benchmark's client does not go away.
  }

  onResponseStart(_controller: Dispatcher.DispatchController, status: number): void {
    this.#status = status;
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#parts.push(chunk);
  }

  onResponseEnd(): void {
    const whole = this.#parts.length === 1 ? (this.#parts[0] ?? Buffer.alloc(0)) : Buffer.concat(this.#parts);
    const body = signs ? Buffer.from((JSON.parse(whole.toString()) as { response: string }).response) : whole;
    this.response.writeHead(this.#status, { 'content-type': 'application/json', 'content-length': body.length });
    this.response.end(body);
  }

  onResponseError(): void {
    this.response.writeHead(502, { 'content-length': 0 });
    this.response.end();
  }
}

function forward(body: Buffer, response: ServerResponse): void {
  const index = (turn = (turn + 1) % pools.length);
  let sent = body;
  if (signs) {
    const factory = factories[index] as RelayFactory;
    const draft = factory.draft({ data: body.toString(), method: 'POST', path: '', headers: null }, 1_001, entropy());
    sent = draft.finish(sign(null, draft.proofHash, client.privateKey));
  }
  const headers = ['content-type', 'application/json'];
  const path = signs ? '/v1/client/relay' : '/';
  pools[index]?.dispatch({ method: 'POST', path, headers, body: sent }, new Forward(response));
}

const server = createServer((request: IncomingMessage, response: ServerResponse) => {
  const parts: Buffer[] = [];
  request.on('data', (chunk: Buffer) => parts.push(chunk));
  request.on('end', () => forward(parts.length === 1 ? (parts[0] as Buffer) : Buffer.concat(parts), response));
});
server.keepAliveTimeout = 75_000;
server.listen(0, '127.0.0.1', 4_096, () => {
  process.stdout.write(`${JSON.stringify([(server.address() as AddressInfo).port])}\n`);
});
