import { type Socket, createServer } from 'node:net';

/**
 * Service nodes that cost next to nothing: each answers a relay at once with an envelope of the right shape, unverified and
 * signed with a constant, and anything else with a plain JSON-RPC answer. Argument: the number of nodes. Prints its ports as
 * JSON when all listen.
 */
const SIGNATURE = 'ab'.repeat(64);
const HEAD = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ';
const PLAIN = '{"jsonrpc":"2.0","id":1,"result":"0x10d4f"}';
const PLAIN_REPLY = `${HEAD}${PLAIN.length}\r\n\r\n${PLAIN}`;
/** Methods whose name says how many characters the result has. */
const SIZED = 'bench_size_';

const results = new Map<string, string>();

function resultOf(text: string): string {
  const at = text.indexOf(SIZED);
  if (at === -1) return '0x10d4f';
  const size = /\d+/.exec(text.slice(at, at + 24))?.[0] ?? '1';
  let result = results.get(size);
  if (result === undefined) results.set(size, (result = 'a'.repeat(Number(size))));
  return result;
}

function replyTo(text: string): string {
  if (!text.startsWith('POST /v1/client/relay')) return PLAIN_REPLY;
  const idAt = text.indexOf('\\"id\\":') + 7;
  let idEnd = idAt;
  while (text.charCodeAt(idEnd) >= 48 && text.charCodeAt(idEnd) <= 57) idEnd += 1;
  const body = `{"response":"{\\"jsonrpc\\":\\"2.0\\",\\"id\\":${text.slice(idAt, idEnd)},\\"result\\":\\"${resultOf(text)}\\"}","signature":"${SIGNATURE}"}`;
  return `${HEAD}${body.length}\r\n\r\n${body}`;
}

/** Characters of the whole first request in `text`, or -1 while it is not all there. */
function requestLength(text: string): number {
  const bodyAt = text.indexOf('\r\n\r\n') + 4;
  if (bodyAt === 3) return -1;
  let lengthAt = text.indexOf('ontent-Length: ');
  if (lengthAt === -1) lengthAt = text.indexOf('ontent-length: ');
  if (lengthAt === -1 || lengthAt > bodyAt) return bodyAt;
  const total = bodyAt + Number.parseInt(text.slice(lengthAt + 15, lengthAt + 25), 10);
  return text.length >= total ? total : -1;
}

function serve(socket: Socket): void {
  let pending = '';
  socket.setNoDelay(true);
  socket.on('data', (chunk: Buffer) => {
    pending = pending === '' ? chunk.toString('latin1') : pending + chunk.toString('latin1');
    for (let length = requestLength(pending); length !== -1; length = requestLength(pending)) {
      const request = pending;
      pending = request.length === length ? '' : request.slice(length);
      socket.write(replyTo(request), 'latin1');
      if (pending === '') return;
    }
  });
  socket.on('error', () => socket.destroy());
}

const ports = await Promise.all(
  Array.from(
    { length: Number(process.argv[2] ?? 1) },
    () =>
      new Promise<number>((resolve) => {
        const server = createServer(serve).listen(0, '127.0.0.1', 4_096, () => {
          const address = server.address();
          resolve(typeof address === 'object' && address !== null ? address.port : 0);
        });
      }),
  ),
);
process.stdout.write(`${JSON.stringify(ports)}\n`);
