import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { keyPairFromSeed } from '#libs/protocol';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AppProcess } from '../support/app-process.js';
import { createDatabase } from '../support/database.js';
import { freePort } from '../support/services.js';
import { waitFor } from '../support/wait-for.js';

let directory: string;
let databaseUrl: string;
let devnet: AppProcess;
let url: string;

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'portal-devnet-'));
  databaseUrl = await createDatabase();
});

beforeEach(async () => {
  const port = await freePort();
  url = `http://127.0.0.1:${port}`;
  devnet = new AppProcess('devnet', {
    DATABASE_URL: databaseUrl,
    DEVNET_PORT: String(port),
    DEVNET_METRICS_PORT: '0',
    DEVNET_NODE_PORT_BASE: '0',
    DEVNET_DIR: directory,
    BLOCK_TIME_MS: '200',
    SETTLER_PUBLIC_KEY: keyPairFromSeed(Buffer.alloc(32, 0x71)).publicKeyHex,
    TREASURY_ADDRESS: keyPairFromSeed(Buffer.alloc(32, 0x72)).addressHex,
  });
  await devnet.start(`${url}/readyz`);
});

afterAll(async () => {
  // Orderly, so that Anvil has written its last file before the directory goes.
  await devnet.stop();
  rmSync(directory, { recursive: true, force: true });
});

async function chainUrl(): Promise<string> {
  const [ready] = await waitFor('the ready line', () => {
    const lines = devnet.logged('ready');
    return lines.length > 0 && lines;
  });
  return String(ready?.['chainUrl']);
}

/** Whether the EVM chain at this URL still takes connections. */
async function answers(chain: string): Promise<boolean> {
  try {
    await fetch(chain, { method: 'POST', body: '{}', signal: AbortSignal.timeout(1_000) });
    return true;
  } catch {
    return false;
  }
}

describe('the devnet as a process', () => {
  it('says where it is when it is ready and ends within 3 s of SIGTERM, Anvil with it', async () => {
    const chain = await chainUrl();
    expect(devnet.logged('ready')[0]).toMatchObject({ url, nodes: 24, level: 'info' });
    expect(await answers(chain)).toBe(true);
    const started = performance.now();
    expect(await devnet.stop()).toBe(0);
    expect(performance.now() - started).toBeLessThan(3_000);
    expect(await answers(chain)).toBe(false);
  });

  it('is rehearsed from the command line', async () => {
    const run = async (...words: string[]): Promise<string> => {
      const cli = join('dist', 'apps', 'devnet', 'src', 'faults-cli.js');
      return (await promisify(execFile)(process.execPath, [cli, '--url', url, ...words])).stdout;
    };
    expect(await run('--help')).toContain('--latency-ms');
    expect(JSON.parse(await run('--node', '3', '--latency-ms', '500', '--id', 'slow'))).toMatchObject({
      rules: [{ id: 'slow', nodes: [3], behaviour: { latencyMs: 500 }, state: 'active' }],
    });
    expect(JSON.parse(await run('--clear', '--id', 'slow'))).toEqual({ removed: 1 });
    expect(JSON.parse(await run('--list'))).toMatchObject({ rules: [] });
    await expect(run('--node', '99', '--drop')).rejects.toThrow('there is no node 99');
    await devnet.stop();
  });

  it('leaves no Anvil behind after kill -9, and starts again on what it stored', async () => {
    const chain = await chainUrl();
    await devnet.kill();
    await waitFor('Anvil to be gone', async () => !(await answers(chain)));
    await devnet.start(`${url}/readyz`);
    const { height } = (await (await fetch(`${url}/v1/query/height`, { method: 'POST' })).json()) as { height: number };
    expect(height).toBeGreaterThan(1);
  });
});
