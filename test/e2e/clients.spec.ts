import { JsonRpcProvider, Wallet } from 'ethers';
import { createPublicClient, createWalletClient, defineChain, http } from 'viem';
import { privateKeyToAccount } from 'viem/accounts';
import { Web3 } from 'web3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ANVIL_ACCOUNT, rpc } from '../support/anvil.js';
import { Stack } from '../support/stack.js';
import { ECHO, word } from './contract.js';

const TRANSACTIONS = 50;
const BATCH = 100;

let stack: Stack;
let url: string;

beforeAll(async () => {
  stack = await Stack.start();
  url = await stack.serving(await stack.createTenant('25000'));
});
afterAll(() => stack?.stop());

/** Anvil's own answer to the same question. */
const own = <T>(method: string, params: unknown[] = []): Promise<T> => rpc<T>(stack.anvil.url, method, params);

describe('the printed URL', () => {
  it('serves ethers: balance, deployment, 50 transactions, logs and a batch of 100, each as Anvil answers', async () => {
    const provider = new JsonRpcProvider(url, undefined, { batchMaxCount: BATCH, polling: true, pollingInterval: 200 });
    try {
      expect((await provider.getNetwork()).chainId).toBe(31_337n);
      expect(await provider.getBalance(ANVIL_ACCOUNT.address, 0)).toBe(
        BigInt(await own<string>('eth_getBalance', [ANVIL_ACCOUNT.address, '0x0'])),
      );
      const wallet = new Wallet(ANVIL_ACCOUNT.privateKey, provider);
      const deployment = await wallet.sendTransaction({ data: ECHO.bytecode });
      const contract = (await deployment.wait())!.contractAddress!;
      expect(await provider.getCode(contract)).toBe(await own('eth_getCode', [contract, 'latest']));

      const firstNonce = await provider.getTransactionCount(wallet.address);
      const sent = [];
      for (let n = 0; n < TRANSACTIONS; n += 1) {
        sent.push(
          await wallet.sendTransaction({ to: contract, data: word(n), nonce: firstNonce + n, gasLimit: 100_000 }),
        );
      }
      for (const transaction of sent) {
        const receipt = await provider.getTransactionReceipt(transaction.hash);
        const expected = await own<{ blockHash: string; gasUsed: string; status: string }>(
          'eth_getTransactionReceipt',
          [transaction.hash],
        );
        expect(receipt).toMatchObject({ status: 1, blockHash: expected.blockHash, gasUsed: BigInt(expected.gasUsed) });
      }
      const filter = { address: contract, topics: [ECHO.topic], fromBlock: 0 };
      const logs = await provider.getLogs(filter);
      const expectedLogs = await own<Array<{ data: string; transactionHash: string }>>('eth_getLogs', [
        { ...filter, fromBlock: '0x0' },
      ]);
      expect(logs.map((log) => [log.transactionHash, log.data])).toEqual(
        expectedLogs.map((log) => [log.transactionHash, log.data]),
      );
      expect(logs.map((log) => Number(log.data))).toEqual(Array.from({ length: TRANSACTIONS }, (_, n) => n));

      const height = await provider.getBlockNumber();
      const balances = await Promise.all(
        Array.from({ length: BATCH }, (_, n) => provider.getBalance(ANVIL_ACCOUNT.address, n % (height + 1))),
      );
      const expectedBalances = await Promise.all(
        balances.map((_, n) =>
          own<string>('eth_getBalance', [ANVIL_ACCOUNT.address, `0x${(n % (height + 1)).toString(16)}`]),
        ),
      );
      expect(balances).toEqual(expectedBalances.map(BigInt));
    } finally {
      provider.destroy();
    }
  });

  it('serves viem: deployment, a contract call, logs and a batch of 100, each as Anvil answers', async () => {
    const chain = defineChain({
      id: 31_337,
      name: 'local',
      nativeCurrency: { name: 'Ether', symbol: 'ETH', decimals: 18 },
      rpcUrls: { default: { http: [url] } },
    });
    const transport = http(url, { batch: { batchSize: BATCH } });
    const reader = createPublicClient({ chain, transport, pollingInterval: 200 });
    const account = privateKeyToAccount(ANVIL_ACCOUNT.privateKey);
    const writer = createWalletClient({ chain, transport, account });

    expect(await reader.getChainId()).toBe(31_337);
    const hash = await writer.sendTransaction({ data: ECHO.bytecode as `0x${string}` });
    const receipt = await reader.waitForTransactionReceipt({ hash });
    const contract = receipt.contractAddress!;
    expect((await reader.call({ to: contract, data: word(7) })).data).toBe(
      await own('eth_call', [{ to: contract, data: word(7) }, 'latest']),
    );
    for (let n = 0; n < TRANSACTIONS; n += 1) {
      await reader.waitForTransactionReceipt({
        hash: await writer.sendTransaction({ to: contract, data: word(n), gas: 100_000n }),
      });
    }
    const logs = await reader.getLogs({ address: contract, fromBlock: 0n });
    const expected = await own<Array<{ data: string; logIndex: string }>>('eth_getLogs', [
      { address: contract, fromBlock: '0x0' },
    ]);
    expect(logs.map((log) => log.data)).toEqual(expected.map((log) => log.data));
    expect(logs).toHaveLength(TRANSACTIONS);

    const blocks = await Promise.all(
      Array.from({ length: BATCH }, (_, n) => reader.getBlock({ blockNumber: BigInt(n % 10) })),
    );
    for (const [n, block] of blocks.entries()) {
      const same = await own<{ hash: string }>('eth_getBlockByNumber', [`0x${(n % 10).toString(16)}`, false]);
      expect(block.hash).toBe(same.hash);
    }
  });

  it('serves web3: deployment, 50 transactions, logs and a batch of 100, each as Anvil answers', async () => {
    const web3 = new Web3(url);
    const account = web3.eth.accounts.wallet.add(ANVIL_ACCOUNT.privateKey).get(0)!;
    expect(await web3.eth.getChainId()).toBe(31_337n);
    const deployed = await web3.eth.sendTransaction({ from: account.address, data: ECHO.bytecode, gas: 1_000_000 });
    const contract = deployed.contractAddress!;
    for (let n = 0; n < TRANSACTIONS; n += 1) {
      const receipt = await web3.eth.sendTransaction({
        from: account.address,
        to: contract,
        data: word(n),
        gas: 100_000,
      });
      expect(receipt.status).toBe(1n);
    }
    const logs = (await web3.eth.getPastLogs({ address: contract, fromBlock: '0x0' })) as Array<{ data: string }>;
    const expected = await own<Array<{ data: string }>>('eth_getLogs', [{ address: contract, fromBlock: '0x0' }]);
    expect(logs.map((log) => log.data)).toEqual(expected.map((log) => log.data));
    expect(logs).toHaveLength(TRANSACTIONS);

    const batch = new web3.BatchRequest();
    const requests = Array.from({ length: BATCH }, (_, n) =>
      batch.add({
        jsonrpc: '2.0',
        id: n + 1,
        method: 'eth_getBlockByNumber',
        params: [`0x${(n % 10).toString(16)}`, false],
      }),
    );
    await batch.execute();
    for (const [n, request] of requests.entries()) {
      expect(await request).toEqual(await own('eth_getBlockByNumber', [`0x${(n % 10).toString(16)}`, false]));
    }
  });
});
