import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { type RunningService, freePort } from './services.js';
import { waitFor } from './wait-for.js';

/** Anvil's first well-known development account; it holds 10,000 test ether. */
export const ANVIL_ACCOUNT = {
  address: '0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266',
  privateKey: '0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80',
} as const;

/** Starts Anvil, a real EVM node, mining a block per transaction. */
export async function startAnvil(): Promise<RunningService> {
  const require = createRequire(import.meta.url);
  const binary =
    process.env['ANVIL_BIN'] ??
    join(dirname(require.resolve(`@foundry-rs/anvil-${process.platform}-amd64/package.json`)), 'bin', 'anvil');
  const port = await freePort();
  const child = spawn(binary, ['--silent', '--host', '127.0.0.1', '--port', String(port), '--chain-id', '31337'], {
    stdio: 'ignore',
  });
  const url = `http://127.0.0.1:${port}`;
  await waitFor('Anvil to answer', () => rpc(url, 'eth_chainId'));
  const end = (signal: NodeJS.Signals) => () =>
    new Promise<void>((resolve) => {
      if (child.exitCode !== null || child.signalCode !== null) return resolve();
      child.once('exit', () => resolve());
      child.kill(signal);
    });
  return { url, port, process: child, stop: end('SIGTERM'), kill: end('SIGKILL') };
}

/** One JSON-RPC call; the result, or an error with the node's message. */
export async function rpc<T = unknown>(url: string, method: string, params: unknown[] = []): Promise<T> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
  });
  const answer = (await response.json()) as { result?: T; error?: { message: string } };
  if (answer.error) throw new Error(answer.error.message);
  return answer.result as T;
}
