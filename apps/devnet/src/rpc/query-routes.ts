import type { LocalLedger, StakeStatus } from '#libs/ledger';
import { PocketErrorCode, ProtocolError, pocketError } from '#libs/protocol';
import { type RpcAnswer, type RpcValue, parseRequest, rpcAnswer } from './rpc-json.js';
import { requests } from './requests.js';
import { moduleParameters, parameterList, parameterText } from './parameter-shapes.js';
import { applicationShape, claimShape, nodeShape, pageShape, supplyShape, transactionShape } from './shapes.js';
import { standardTransactionShape } from './transaction-shape.js';

/** What the queries are answered from. */
export interface QuerySource {
  readonly ledger: LocalLedger;
  /** The newest height the nodes know, so that queries and relays agree on what is latest. */
  height(): number;
}

/** Answers one request body. */
export type RpcRoute = (body: string) => Promise<RpcAnswer> | RpcAnswer;

/** Every `/v1/query/*` by its name (morse-protocol.md, section 5.8). */
export function queryRoutes(source: QuerySource): ReadonlyMap<string, RpcRoute> {
  const { ledger } = source;
  const at = (height: number): number => (height === 0 ? source.height() : height);
  const texts = (height: number) => ledger.parameterTexts(at(height));
  return new Map<string, RpcRoute>([
    ['height', () => rpcAnswer({ height: source.height() })],
    [
      'app',
      async (body) => {
        const { address, height } = parseRequest(requests.address, body);
        const application = await ledger.application(address, at(height));
        if (application === null) throw new ProtocolError(101, 'app does not exist for that address', 'application');
        return rpcAnswer(applicationShape(application));
      },
    ],
    [
      'apps',
      async (body) => {
        const { height, opts } = parseRequest(requests.list, body);
        const found = await ledger.applications({
          height: at(height),
          ...(opts.blockchain === '' ? {} : { chain: opts.blockchain }),
          ...(opts.staking_status === 0 ? {} : { status: opts.staking_status as StakeStatus }),
        });
        return rpcAnswer(pageShape(found.map(applicationShape), opts.page, opts.per_page));
      },
    ],
    [
      'node',
      async (body) => {
        const { address, height } = parseRequest(requests.address, body);
        const node = await ledger.node(address, at(height));
        if (node === null) throw new ProtocolError(101, 'validator does not exist for that address', 'pos');
        return rpcAnswer(nodeShape(node));
      },
    ],
    [
      'nodes',
      async (body) => {
        const { height, opts } = parseRequest(requests.list, body);
        const found = await ledger.nodes({
          height: at(height),
          ...(opts.blockchain === '' ? {} : { chain: opts.blockchain }),
          ...(opts.staking_status === 0 ? {} : { status: opts.staking_status as StakeStatus }),
          ...(opts.jailed_status === 0 ? {} : { jailed: opts.jailed_status === 1 }),
        });
        return rpcAnswer(pageShape(found.map(nodeShape), opts.page, opts.per_page));
      },
    ],
    ...(['appparams', 'nodeparams', 'pocketparams'] as const).map((name): [string, RpcRoute] => [
      name,
      async (body) => {
        const { height } = parseRequest(requests.height, body);
        return rpcAnswer(moduleParameters(name, await ledger.parameters(at(height))));
      },
    ]),
    [
      'allparams',
      async (body) => {
        const { height } = parseRequest(requests.height, body);
        return rpcAnswer(parameterList(await texts(height)));
      },
    ],
    [
      'param',
      async (body) => {
        const { key, height } = parseRequest(requests.parameter, body);
        const text = (await texts(height)).get(key);
        if (text === undefined) throw new ProtocolError(1, `the parameter ${key} does not exist`, 'sdk');
        return rpcAnswer({ param_key: key, param_value: parameterText(text) });
      },
    ],
    [
      'supportedchains',
      async (body) => {
        const { height } = parseRequest(requests.height, body);
        return rpcAnswer((await texts(height)).get('pocketcore/SupportedBlockchains') ?? '[]');
      },
    ],
    [
      'block',
      async (body) => {
        const { height } = parseRequest(requests.height, body);
        const block = await ledger.block(at(height));
        if (block === null) throw new ProtocolError(1, `there is no block ${at(height)}`, 'sdk');
        return rpcAnswer(block as unknown as RpcValue);
      },
    ],
    [
      'blocktxs',
      async (body) => {
        const { height, page, per_page: perPage } = parseRequest(requests.blockTransactions, body);
        return transactionPage(await ledger.blockTransactions(at(height)), page, perPage);
      },
    ],
    [
      'accounttxs',
      async (body) => {
        const { address, page, per_page: perPage, received } = parseRequest(requests.accountTransactions, body);
        return transactionPage(await ledger.accountTransactions(address, { received, limit: 10_000 }), page, perPage);
      },
    ],
    [
      'tx',
      async (body) => {
        const { hash } = parseRequest(requests.transaction, body);
        const transaction = await ledger.transaction(hash.replace(/^0x/, ''));
        if (transaction === null) throw new ProtocolError(1, `tx (${hash.toUpperCase()}) not found`, 'sdk');
        return rpcAnswer(transactionShape(transaction, standardTransactionShape(transaction.bytes)));
      },
    ],
    [
      'balance',
      async (body) => {
        const { address, height } = parseRequest(requests.address, body);
        return rpcAnswer({ balance: await ledger.balanceUpokt(address, at(height)) });
      },
    ],
    [
      'account',
      async (body) => {
        const { address, height } = parseRequest(requests.address, body);
        const balance = await ledger.balanceUpokt(address, at(height));
        const coins = balance === 0n ? [] : [{ amount: balance.toString(), denom: 'upokt' }];
        return rpcAnswer({ address, coins, public_key: null });
      },
    ],
    [
      'supply',
      async (body) => {
        const { height } = parseRequest(requests.height, body);
        return rpcAnswer(supplyShape(await ledger.supply(at(height))));
      },
    ],
    [
      'upgrade',
      async (body) => {
        const { height } = parseRequest(requests.height, body);
        const { upgradeHeight, upgradeVersion } = await ledger.parameters(at(height));
        return rpcAnswer({ Height: upgradeHeight, Version: upgradeVersion });
      },
    ],
    [
      'nodeclaims',
      async (body) => {
        const { address, height, page, per_page: perPage } = parseRequest(requests.nodeClaims, body);
        const owners =
          address === '' ? (await ledger.nodes({ height: at(height) })).map((node) => node.addressHex) : [address];
        const claims = (await Promise.all(owners.map((owner) => ledger.claims(owner, at(height))))).flat();
        return rpcAnswer(pageShape(claims.map(claimShape), page, perPage));
      },
    ],
    [
      'nodeclaim',
      async (body) => {
        const asked = parseRequest(requests.nodeClaim, body);
        const claim = await ledger.claim(
          {
            addressHex: asked.address,
            appPublicKeyHex: asked.app_pubkey,
            chain: asked.blockchain,
            sessionHeight: asked.session_block_height,
            evidenceType: asked.receipt_type === 'relay' ? 1 : 2,
          },
          at(asked.height),
        );
        if (claim === null) throw pocketError(PocketErrorCode.claimNotFound);
        return rpcAnswer(claimShape(claim));
      },
    ],
  ]);
}

function transactionPage(
  transactions: Awaited<ReturnType<LocalLedger['blockTransactions']>>,
  page: number,
  perPage: number,
): RpcAnswer {
  const items = transactions.slice((page - 1) * perPage, page * perPage);
  return rpcAnswer({
    page_count: items.length,
    total_txs: transactions.length,
    txs: items.map((transaction) => transactionShape(transaction, standardTransactionShape(transaction.bytes))),
  });
}
