import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { colours as pc } from './colours.js';
import { adminUrl, devnetUrl, gatewayUrl } from './apps.js';
import type { DevConfig } from './config.js';
import { DEMO_CHAIN, DEMO_EVM_CHAIN_ID, type Demo } from './demo.js';
import type { Terminal } from './terminal.js';

/** What the announcement is made of. */
export interface AnnounceSettings {
  readonly terminal: Terminal;
  readonly config: DevConfig;
  readonly directory: string;
  readonly adminToken: string;
  readonly demo: Demo;
  readonly databaseUrl: string;
  readonly redisUrl: string;
  /** `performance.now()` at the start. */
  readonly startedAt: number;
}

/** Prints everything a newcomer needs to send the first relay, and writes the same to `dev.json` for scripts (0600). */
export function announce(settings: AnnounceSettings): void {
  const { terminal, config, demo } = settings;
  const urls = Array.from({ length: config.GATEWAY_PROCESSES }, (_unused, index) => endpointUrl(config, demo, index));
  const url = urls[0] ?? '';
  const docs = `${adminUrl(config)}/docs`;
  writeFileSync(
    join(settings.directory, 'dev.json'),
    `${JSON.stringify(
      {
        endpointUrl: url,
        endpointUrls: urls,
        chain: DEMO_CHAIN,
        metamask: metamask(url),
        admin: { url: adminUrl(config), docsUrl: docs, token: settings.adminToken },
        devnet: { rpcUrl: devnetUrl(config), metricsUrl: `http://127.0.0.1:${config.DEVNET_METRICS_PORT}/metrics` },
        gatewayMetricsUrls: urls.map(
          (_url, index) => `http://127.0.0.1:${config.GATEWAY_METRICS_PORT + index}/metrics`,
        ),
        workerMetricsUrl: `http://127.0.0.1:${config.WORKER_METRICS_PORT}/metrics`,
        databaseUrl: settings.databaseUrl,
        redisUrl: settings.redisUrl,
        supervisorPid: process.pid,
        ...demo,
      },
      null,
      2,
    )}\n`,
    { mode: 0o600 },
  );
  const title = (text: string): string => `\n${pc.bold(text)}`;
  const { networkName, rpcUrl, chainId, currencySymbol } = metamask(url);
  terminal.print([
    title(`Ready after ${((performance.now() - settings.startedAt) / 1000).toFixed(1)} s. Your endpoint:`),
    `  ${pc.green(url)}`,
    ...urls.slice(1).map((other) => `  ${pc.green(other)}`),
    title('Try it with curl'),
    `  ${curlLine(url)}`,
    title('Or with ethers: save as first-relay.mjs here, then node first-relay.mjs'),
    ...ethersScript(url).map((line) => `  ${line}`),
    title('Or in MetaMask: Add network manually'),
    `  Network name ${pc.green(networkName)}   RPC URL ${pc.green(rpcUrl)}`,
    `  Chain id     ${pc.green(String(chainId))}                 Currency ${pc.green(currencySymbol)}`,
    title('Admin API'),
    `  Documentation ${pc.green(docs)}`,
    `  Token         ${pc.green(settings.adminToken)}`,
    '',
    pc.dim('All of this is in .data/dev.json, logs are in .data/logs/. Ctrl-C stops everything and keeps the data.'),
    '',
  ]);
}

/** The demo endpoint on the gateway with this index. */
export function endpointUrl(config: DevConfig, demo: Demo, index = 0): string {
  return `${gatewayUrl(config, index)}/v1/${demo.apiKey}/${DEMO_CHAIN}`;
}

/** One line for a shell. */
export function curlLine(url: string): string {
  return `curl ${url} -H 'content-type: application/json' -d '{"jsonrpc":"2.0","id":1,"method":"eth_blockNumber","params":[]}'`;
}

/** Six lines; `ethers` is already installed in the checkout. */
export function ethersScript(url: string): string[] {
  return [
    "import { JsonRpcProvider, formatEther } from 'ethers';",
    `const provider = new JsonRpcProvider('${url}');`,
    "const richAccount = '0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266';",
    "console.log('chain  ', (await provider.getNetwork()).chainId);",
    "console.log('block  ', await provider.getBlockNumber());",
    "console.log('balance', formatEther(await provider.getBalance(richAccount)), 'ETH');",
  ];
}

function metamask(rpcUrl: string) {
  return {
    networkName: 'POKT local',
    // MetaMask accepts plain http for this host name and for 127.0.0.1 only.
    rpcUrl,
    chainId: DEMO_EVM_CHAIN_ID,
    currencySymbol: 'ETH',
  };
}
