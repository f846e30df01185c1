import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import {
  LedgerAccount,
  LedgerAnswerError,
  LedgerRefusedError,
  LedgerUnreachableError,
  PocketRpcClient,
  TransactionPendingError,
} from '#libs/ledger';
import { GENESIS_PARAMETERS, encodeAllParameters } from '#libs/protocol';
import { keyOf } from './ledger-network.js';

type Answer = { status?: number; body: unknown } | 'hang' | 'reset';
type Script = (path: string, body: Record<string, unknown>) => Answer;

const servers: Server[] = [];
const clients: PocketRpcClient[] = [];

/** An HTTP server that answers as the script says; strings are sent as they are. */
async function node(script: Script): Promise<string> {
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = JSON.parse(Buffer.concat(chunks).toString() || '{}') as Record<string, unknown>;
      const answer = script(request.url ?? '', body);
      if (answer === 'hang') return;
      if (answer === 'reset') return void request.socket.destroy();
      const text = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body);
      response.writeHead(answer.status ?? 200, { 'content-type': 'application/json' }).end(`${text}\n`);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  servers.push(server);
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function client(...urls: string[]): PocketRpcClient {
  const made = new PocketRpcClient({ urls, timeoutMs: 500 });
  clients.push(made);
  return made;
}

const refusal = (codespace: string, code: number): Answer => ({
  status: 400,
  body: { code: 400, message: `ERROR:\nCodespace: ${codespace}\nCode: ${code}\nMessage: "it is not there"\n` },
});

afterEach(async () => {
  await Promise.all(clients.splice(0).map((made) => made.close()));
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

const ADDRESS = keyOf('node 0').addressHex;
const PUBLIC_KEY = keyOf('node 0').publicKeyHex;

describe('answers', () => {
  it('of a stock node are read as captured, amounts exact', async () => {
    const url = await node((path, body) => {
      switch (path) {
        case '/v1/query/height':
          return { body: '{"height":3}' };
        case '/v1/query/app':
          return {
            body: `{"address":"${ADDRESS}","chains":["0021"],"jailed":false,"max_relays":"18446744073709551615","public_key":"${PUBLIC_KEY}","staked_tokens":"9007199254740993","status":2,"unstaking_time":"0001-01-01T00:00:00Z"}`,
          };
        case '/v1/query/supply':
          return {
            body: '{"app_staked":"1","dao":"2","node_staked":"3","total":"9007199254740993","total_staked":"6","total_unstaked":"7"}',
          };
        case '/v1/query/balance':
          return { body: body['address'] === ADDRESS ? '{"balance":1000000000}' : '{"balance":9007199254740992}' };
        case '/v1/query/account':
          return { body: '{"address":"","coins":[{"amount":"9007199254740993","denom":"upokt"}],"public_key":null}' };
        case '/v1/query/allparams':
          return { body: encodeAllParameters({ ...GENESIS_PARAMETERS, sessionNodeCount: 24 }) };
        default:
          return { status: 404, body: 'no such route' };
      }
    });
    const ledger = client(url);
    expect(await ledger.height()).toBe(3);
    expect(await ledger.application(ADDRESS)).toMatchObject({
      maxRelays: 18446744073709551615n,
      stakedUpokt: 9007199254740993n,
      status: 2,
    });
    expect((await ledger.supply()).totalUpokt).toBe(9007199254740993n);
    expect(await ledger.balanceUpokt(ADDRESS)).toBe(1_000_000_000n);
    // A number beyond 2^53 was rounded on its way; the account's coins are text.
    expect(await ledger.balanceUpokt('00'.repeat(20))).toBe(9007199254740993n);
    expect(await ledger.parameters()).toMatchObject({ sessionNodeCount: 24, baseRelaysPerPOKT: 167n });
  });

  it('of a claim say when the root range lost its digits on the way', async () => {
    const claim = {
      evidence_type: 1,
      expiration_height: 411,
      from_address: ADDRESS,
      header: { app_public_key: PUBLIC_KEY, chain: '0021', session_height: 5 },
      merkle_root: { merkleHash: Buffer.alloc(32, 1).toString('base64'), range: { lower: 0, upper: 'UPPER' } },
      total_proofs: 13,
    };
    const url = await node(() => ({
      body: JSON.stringify({ page: 1, result: [claim], total_pages: 1 }).replace('"UPPER"', '17235312683155214000'),
    }));
    const [read] = await client(url).claims(ADDRESS);
    expect(read).toMatchObject({ totalProofs: 13n, merkleRoot: { lower: 0n, upper: null }, expirationHeight: 411 });
  });

  it('that name a missing record give null, other refusals their code', async () => {
    const url = await node((path) =>
      path.endsWith('/app')
        ? refusal('application', 101)
        : path.endsWith('/node')
          ? refusal('pos', 101)
          : refusal('pocketcore', 17),
    );
    const ledger = client(url);
    expect(await ledger.application(ADDRESS)).toBeNull();
    expect(await ledger.node(ADDRESS)).toBeNull();
    await expect(ledger.dispatch(PUBLIC_KEY, '0021')).rejects.toMatchObject({
      name: 'LedgerRefusedError',
      code: 17,
      codespace: 'pocketcore',
    });
  });

  it.each([
    ['not JSON', '<html>'],
    ['of another shape', '{"height":"soon"}'],
    ['with a negative height', '{"height":-1}'],
  ])('%s are refused', async (_what, body) => {
    await expect(client(await node(() => ({ body }))).height()).rejects.toBeInstanceOf(LedgerAnswerError);
  });

  it('in pages are joined', async () => {
    const record = {
      address: ADDRESS,
      chains: ['0021'],
      jailed: false,
      public_key: PUBLIC_KEY,
      service_url: 'http://a.b:1',
      status: 2,
      tokens: '1',
      output_address: '',
      unstaking_time: '0001-01-01T00:00:00Z',
      reward_delegators: null,
    };
    const url = await node((_path, body) => {
      const { page } = body['opts'] as { page: number };
      return { body: { result: [{ ...record, tokens: String(page) }], total_pages: 3, page } };
    });
    expect((await client(url).nodes()).map((found) => found.stakedUpokt)).toEqual([1n, 2n, 3n]);
  });
});

describe('several nodes', () => {
  it.each([
    ['refuses connections', (): Promise<string> => Promise.resolve('http://127.0.0.1:1')],
    ['hangs', () => node(() => 'hang')],
    ['closes the connection', () => node(() => 'reset')],
    ['answers 503', () => node(() => ({ status: 503, body: 'Server Timeout Handling Request' }))],
    ['answers nonsense', () => node(() => ({ body: '{}' }))],
  ])('one that %s is passed over, and the one that answered is asked first from then on', async (_what, broken) => {
    let asked = 0;
    const good = await node(() => {
      asked += 1;
      return { body: { height: 7 } };
    });
    const ledger = client(await broken(), good);
    expect(await ledger.height()).toBe(7);
    const startedMs = performance.now();
    expect(await ledger.height()).toBe(7);
    expect(performance.now() - startedMs).toBeLessThan(450);
    expect(asked).toBe(2);
  });

  it('a refusal is an answer: nobody else is asked', async () => {
    let asked = 0;
    const second = await node(() => {
      asked += 1;
      return { body: { height: 1 } };
    });
    await expect(client(await node(() => refusal('sdk', 1)), second).height()).rejects.toBeInstanceOf(
      LedgerRefusedError,
    );
    expect(asked).toBe(0);
  });

  it('none that answers is an error that says so', async () => {
    const ledger = client('http://127.0.0.1:1', await node(() => 'reset'));
    await expect(ledger.height()).rejects.toBeInstanceOf(LedgerUnreachableError);
  });
});

describe('transactions', () => {
  /** A network in which the transaction is in a block after `looks` looks; `code` is its result. */
  function network(looks: number, code = 0): { script: Script; submitted: () => number } {
    let submitted = 0;
    let looked = 0;
    let hex = '';
    return {
      submitted: () => submitted,
      script: (path, body) => {
        if (path.endsWith('/rawtx')) {
          submitted += 1;
          hex = body['raw_hex_bytes'] as string;
          return { body: { logs: null, raw_log: '[]', txhash: 'AB'.repeat(32) } };
        }
        looked += 1;
        if (looked <= looks) return refusal('sdk', 1);
        const tx = Buffer.from(hex, 'hex').toString('base64');
        return {
          body: {
            hash: 'AB'.repeat(32),
            height: 9,
            index: 0,
            proof: {},
            stdTx: {},
            tx,
            tx_result: { code, codespace: code ? 'sdk' : '', log: 'why' },
          },
        };
      },
    };
  }
  const account = (ledger: PocketRpcClient, timeoutMs = 2_000): LedgerAccount =>
    new LedgerAccount({ client: ledger, key: keyOf('treasury'), chainId: 'localnet', wait: { timeoutMs, pollMs: 5 } });

  it('are handed in once and waited for', async () => {
    const { script, submitted } = network(3);
    const sent = await account(client(await node(script))).send(ADDRESS, 5n);
    expect(sent).toMatchObject({ height: 9, code: 0 });
    expect(submitted()).toBe(1);
  });

  it("that fail in their block are refused with the block's code", async () => {
    const { script } = network(0, 10);
    await expect(account(client(await node(script))).send(ADDRESS, 5n)).rejects.toMatchObject({
      name: 'LedgerRefusedError',
      code: 10,
    });
  });

  it('that are in no block in time are pending, and the same bytes can be handed in again', async () => {
    const { script, submitted } = network(1_000_000);
    const sender = account(client(await node(script)), 30);
    const prepared = sender.prepare({
      type: 'pos/Send',
      value: { fromAddressHex: sender.addressHex, toAddressHex: ADDRESS, amountUpokt: 5n },
    });
    await expect(sender.submit(prepared)).rejects.toBeInstanceOf(TransactionPendingError);
    await expect(sender.submit(prepared)).rejects.toBeInstanceOf(TransactionPendingError);
    expect(submitted()).toBe(2);
  });

  it('that are known already are found instead of refused', async () => {
    const { script } = network(0);
    const duplicate: Script = (path, body) => {
      const answer = script(path, body);
      return path.endsWith('/rawtx')
        ? { body: { code: 6, codespace: 'auth', logs: null, raw_log: 'duplicate', txhash: 'AB'.repeat(32) } }
        : answer;
    };
    expect(await account(client(await node(duplicate))).send(ADDRESS, 5n)).toMatchObject({ height: 9, code: 0 });
  });
});
