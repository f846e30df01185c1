import { readFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { keyPairFromPrivateKey } from '#libs/protocol';
import { parseConfig } from '#libs/config';
import { describe, expect, it } from 'vitest';
import { devEnvironment } from '../../tools/dev/config.js';
import { adminEnvironment } from '../../apps/admin/src/config.js';
import { devnetEnvironment } from '../../apps/devnet/src/config.js';
import { gatewayEnvironment } from '../../apps/gateway/src/config.js';
import { workerEnvironment } from '../../apps/worker/src/config.js';
import { APPS } from '../support/deployables.js';

/** Variables that only docker-compose.yml reads. */
const COMPOSE_ONLY = ['POSTGRES_PASSWORD'];

const text = readFileSync('.env.example', 'utf8');
/** `NAME=…` is to be filled in; `# NAME=…` shows a default. */
const listed = [...text.matchAll(/^(?:# )?([A-Z][A-Z0-9_]*)=\S*$/gm)].map(([, name]) => name ?? '');

describe('.env.example', () => {
  it('lists every variable that an app or npm start reads', () => {
    const read = new Set([...APPS.flatMap(({ variables }) => variables), ...Object.keys(devEnvironment)]);
    expect([...read].filter((name) => !listed.includes(name))).toEqual([]);
  });

  it('lists nothing that nobody reads, and nothing twice', () => {
    const read = new Set([
      ...APPS.flatMap(({ variables }) => variables),
      ...Object.keys(devEnvironment),
      ...COMPOSE_ONLY,
    ]);
    expect(listed.filter((name) => !read.has(name))).toEqual([]);
    expect(listed.filter((name, index) => listed.indexOf(name) !== index)).toEqual([]);
  });

  it('explains each variable in a comment', () => {
    const lines = text.split('\n');
    const unexplained = listed.filter((name) => {
      const index = lines.findIndex((line) => line.replace(/^# /, '').startsWith(`${name}=`));
      const above = lines.slice(0, index).findLast((line) => !/^(?:# )?[A-Z][A-Z0-9_]*=/.test(line));
      return !/^# \S/.test(above ?? '');
    });
    expect(unexplained).toEqual([]);
  });

  it('holds no secret', () => {
    for (const name of ['PRIVATE_KEY', 'PEPPER', 'KEK', 'TOKEN', 'PASSWORD']) {
      for (const [, value] of text.matchAll(new RegExp(`^\\w*${name}=(.*)$`, 'gm'))) expect(value).toBe('');
    }
  });
});

describe('scripts/make-env.mjs', () => {
  const made = Object.fromEntries(
    execFileSync(process.execPath, ['scripts/make-env.mjs'], { encoding: 'utf8' })
      .trim()
      .split('\n')
      .map((line) => line.split('=') as [string, string]),
  );

  it('makes every secret of .env.example, and the apps accept them', () => {
    expect(Object.keys(made).filter((name) => !listed.includes(name))).toEqual([]);
    const addresses = {
      DATABASE_URL: 'postgres://localhost/portal',
      REDIS_URL: 'redis://localhost',
      POCKET_RPC_URLS: 'http://localhost:4300',
    };
    for (const schema of [gatewayEnvironment, adminEnvironment, workerEnvironment, devnetEnvironment]) {
      expect(() => parseConfig(schema, { ...made, ...addresses })).not.toThrow();
    }
  });

  it('derives public keys and address as the protocol does', () => {
    const pair = (name: string) => keyPairFromPrivateKey(made[name] ?? '');
    expect(pair('GATEWAY_CLIENT_PRIVATE_KEY').publicKeyHex).toBe(made['GATEWAY_CLIENT_PUBLIC_KEY']);
    expect(pair('SETTLER_PRIVATE_KEY').publicKeyHex).toBe(made['SETTLER_PUBLIC_KEY']);
    expect(pair('TREASURY_PRIVATE_KEY').addressHex).toBe(made['TREASURY_ADDRESS']);
  });
});
