import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { queueConnection } from '#libs/queues';
import { type RunningService, freePort, startRedis, temporaryDirectory } from '../support/services.js';

const PROGRAM = fileURLToPath(new URL('../support/quota-process.mjs', import.meta.url));
/** `QUOTA_SEEDS=20` runs the whole matrix. */
const SEEDS = Number(process.env['QUOTA_SEEDS'] ?? 1);
const LIMIT = 3_000;

const closers: Array<() => unknown> = [];
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close();
});

interface Gateway {
  start(): void;
  readonly result: Promise<{ admitted: Record<string, number>; refused: number; unavailable: number }>;
}

/** A gateway's limiter in a process of its own, connected and waiting for its start. */
async function gateway(
  url: string,
  applicationId: string,
  offered: number,
  style: string,
  seed: number,
): Promise<Gateway> {
  const child: ChildProcess = spawn(
    process.execPath,
    [PROGRAM, url, applicationId, String(LIMIT), String(offered), style, String(seed)],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  );
  closers.push(() => child.kill('SIGKILL'));
  let output = '';
  let onReady: () => void = () => undefined;
  const ready = new Promise<void>((resolve) => (onReady = resolve));
  const result = new Promise<Awaited<Gateway['result']>>((resolve, reject) => {
    child.stdout?.on('data', (data: Buffer) => {
      output += String(data);
      if (output.startsWith('ready\n')) onReady();
    });
    child.once('exit', (code) => {
      const line = output.split('\n')[1];
      if (code === 0 && line) resolve(JSON.parse(line) as Awaited<Gateway['result']>);
      else reject(new Error(`gateway ended with ${String(code)}`));
    });
  });
  await ready;
  return { start: () => child.stdin?.write('go\n'), result };
}

const faults: Record<string, (redis: RunningService, restart: () => Promise<unknown>) => Promise<unknown>> = {
  none: async () => undefined,
  'Redis kill': (redis, restart) => redis.kill().then(restart),
  FLUSHALL: async (redis) => {
    const control = queueConnection(redis.url, 'worker');
    await control.flushall();
    control.disconnect();
  },
};

describe.each([1, 4, 8])('%i gateway processes', (processes) => {
  it.each([
    ['steady', 'none'],
    ['burst', 'none'],
    ['batch', 'none'],
    ['steady', 'Redis kill'],
    ['steady', 'FLUSHALL'],
  ])(
    'admit exactly the limit: %s load, fault: %s',
    async (style, fault) => {
      for (let seed = 1; seed <= SEEDS; seed += 1) {
        const options = { port: await freePort(), directory: temporaryDirectory() };
        const redis = await startRedis(options);
        closers.push(() => redis.kill().catch(() => undefined));
        const applicationId = randomUUID();
        const offered = Math.ceil((LIMIT * 2) / processes);
        const gateways = await Promise.all(
          Array.from({ length: processes }, (_, n) =>
            gateway(redis.url, applicationId, offered, style, seed * 100 + n),
          ),
        );
        for (const one of gateways) one.start();
        await faults[fault]?.(redis, async () => {
          const again = await startRedis(options);
          closers.push(() => again.kill().catch(() => undefined));
        });
        const results = await Promise.all(gateways.map((one) => one.result));
        const days = new Map<string, number>();
        for (const { admitted } of results) {
          for (const [day, units] of Object.entries(admitted)) days.set(day, (days.get(day) ?? 0) + units);
        }
        const context = `${style}, ${fault}, seed ${seed}: ${JSON.stringify(results)}`;
        for (const units of days.values()) expect(units, context).toBeLessThanOrEqual(LIMIT);
        // What is left unused is at most what the other processes held, here at most a block each; a batch may not fit the rest.
        const unused = LIMIT - Math.max(...days.values());
        expect(unused, context).toBeLessThanOrEqual(style === 'batch' ? 20 * processes : 16 * processes);
      }
    },
    60_000 + SEEDS * 20_000,
  );
});
