import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/*
 * Runs the gateway's stress tests at full length and with their exact bounds: overload, a noisy tenant, session boundaries, requests
 * that could hold the event loop, slow connections, rolling restarts. Each prints its figures. The same files run small with the
 * integration tests, where the machine is shared and the bounds are wide.
 */
const FILES = ['gateway-load', 'gateway-stress'].map((name) => `test/integration/${name}.spec.ts`);

const { status } = spawnSync(
  process.execPath,
  [join('node_modules', 'vitest', 'vitest.mjs'), 'run', '--project', 'integration', '--no-file-parallelism', ...FILES],
  {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: {
      STRESS_SECONDS: '10',
      STRESS_BOUNDARIES: '20',
      STRESS_REQUESTS: '20000',
      STRESS_EXACT: '1',
      ...process.env,
    },
  },
);
process.exitCode = status ?? 1;
