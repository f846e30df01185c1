import { defaultServerConditions } from 'vite';
import { defineConfig } from 'vitest/config';

/** Resolve `#libs/*` to sources, not to `dist`. `__vitest__` is the environment that global setup runs in. */
const resolve = { conditions: ['source', ...defaultServerConditions] };

export default defineConfig({
  environments: { ssr: { resolve }, __vitest__: { resolve } },
  test: {
    projects: [
      {
        extends: true,
        test: { name: 'unit', include: ['{apps,libs,tools}/**/*.spec.ts'], testTimeout: 30_000 },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          include: ['test/integration/**/*.spec.ts'],
          globalSetup: ['test/support/global-setup.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          // Most of their time is waiting for blocks, timers and services, so more files than cores run at once.
          maxWorkers: 3,
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.spec.ts'],
          globalSetup: ['test/support/global-setup.ts'],
          fileParallelism: false,
          testTimeout: 240_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
