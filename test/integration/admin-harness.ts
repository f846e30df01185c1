import { randomBytes, randomUUID } from 'node:crypto';
import { generateKeyPair } from '#libs/protocol';
import { createLogger } from '#libs/telemetry';
import { type Admin, startAdmin } from '../../apps/admin/src/admin.js';
import { type AdminConfig, adminEnvironment } from '../../apps/admin/src/config.js';
import { parseConfig } from '#libs/config';
import { createDatabase, createRedis } from '../support/database.js';
import { ScriptedLedger } from './admin-scripted-ledger.js';

/** An answer of the API, parsed. */
export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The JSON body; any field of it may be asked for. */
  readonly body: Readonly<Record<string, unknown>>;
}

/** How a request differs from an operator's GET. */
export interface Asking {
  readonly method?: string;
  readonly body?: unknown;
  /** null: no credential. */
  readonly token?: string | null;
  readonly headers?: Record<string, string>;
}

/** A running admin API over real PostgreSQL and Redis and a scripted ledger. */
export interface Harness {
  readonly admin: Admin;
  readonly config: AdminConfig;
  readonly ledger: ScriptedLedger;
  readonly gatewayKey: ReturnType<typeof generateKeyPair>;
  /** Everything logged, line by line. */
  readonly logLines: string[];
  ask(path: string, asking?: Asking): Promise<Reply>;
  /** POST that must succeed. */
  post(path: string, body?: unknown, asking?: Asking): Promise<Reply>;
  stop(): Promise<void>;
}

/** Starts it; `overrides` replace environment variables. */
export async function startHarness(overrides: Record<string, string> = {}): Promise<Harness> {
  const gatewayKey = generateKeyPair();
  const treasury = generateKeyPair();
  const ledger = new ScriptedLedger();
  ledger.balances.set(treasury.addressHex, 10_000_000_000_000n);
  const config = parseConfig(adminEnvironment, {
    DATABASE_URL: await createDatabase(),
    REDIS_URL: await createRedis(),
    POCKET_RPC_URLS: 'http://127.0.0.1:9',
    ADMIN_PORT: '0',
    ADMIN_METRICS_PORT: '0',
    ADMIN_TOKEN: `operator-${randomUUID()}`,
    API_KEY_PEPPER: randomBytes(32).toString('hex'),
    APPLICATION_KEYS_KEK: randomBytes(32).toString('hex'),
    ALERTS_KEK: randomBytes(32).toString('hex'),
    GATEWAY_CLIENT_PUBLIC_KEY: gatewayKey.publicKeyHex,
    TREASURY_PRIVATE_KEY: treasury.privateKeyHex,
    STAKE_TIMEOUT_MS: '5000',
    ...overrides,
  });
  const logLines: string[] = [];
  const logger = createLogger({ app: 'admin', level: 'trace', sink: { write: (line) => void logLines.push(line) } });
  const admin = await startAdmin(config, logger, ledger.port);
  const base = admin.url.replace('[::1]', '127.0.0.1');
  const ask = async (path: string, asking: Asking = {}): Promise<Reply> => {
    const { method = 'GET', body, token = config.ADMIN_TOKEN, headers = {} } = asking;
    const response = await fetch(`${base}${path}`, {
      method,
      headers: {
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = /[/+]json/.test(response.headers.get('content-type') ?? '');
    return {
      status: response.status,
      headers: response.headers,
      text,
      body: (isJson ? JSON.parse(text) : {}) as Reply['body'],
    };
  };
  return {
    admin,
    config,
    ledger,
    gatewayKey,
    logLines,
    ask,
    post: async (path, body = {}, asking = {}) => {
      const reply = await ask(path, { method: 'POST', body, ...asking });
      if (reply.status >= 300) throw new Error(`POST ${path} answered ${reply.status}: ${reply.text}`);
      return reply;
    },
    stop: () => admin.stop(),
  };
}
