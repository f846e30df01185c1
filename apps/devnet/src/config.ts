import { z } from 'zod';
import {
  csv,
  databaseUrl,
  durationMs,
  httpUrl,
  listenHost,
  logLevel,
  optionalText,
  parseConfig,
  port,
} from '#libs/config';

const CHAIN_ID = /^(?:[0-9a-fA-F]{2}){1,2}$/;

const hexText = (digits: number, description: string) =>
  z
    .string()
    .regex(new RegExp(`^[0-9a-f]{${digits}}$`), `must be ${digits} lower-case hex digits`)
    .describe(description);

const wholePokt = (description: string) => z.coerce.number().int().min(0).max(1_000_000_000).describe(description);

/** `0040=http://127.0.0.1:9000,0006=http://127.0.0.1:9001` as a map from chain id to URL. */
const furtherChains = csv('further chain ids and their URLs, "id=url" separated by commas').transform(
  (entries, context) => {
    const chains = new Map<string, string>();
    for (const entry of entries) {
      const cut = entry.indexOf('=');
      const id = entry.slice(0, Math.max(0, cut));
      const url = entry.slice(cut + 1);
      if (!CHAIN_ID.test(id) || !/^https?:\/\/\S+$/.test(url) || !URL.canParse(url)) {
        context.addIssue({ code: 'custom', message: 'must be pairs like 0040=http://127.0.0.1:9000' });
        return z.NEVER;
      }
      chains.set(id, url);
    }
    return chains;
  },
);

/** Environment of the devnet: a POKT network on one machine. */
export const devnetEnvironment = {
  DATABASE_URL: databaseUrl('PostgreSQL; the ledger lives in its schema "ledger"'),
  LOG_LEVEL: logLevel(),
  DEVNET_HOST: listenHost('address of the RPC and of the nodes').default('127.0.0.1'),
  DEVNET_PORT: port("port of pocket-core's RPC").default(4300),
  DEVNET_METRICS_PORT: port('port of the metrics').default(4390),
  DEVNET_NODE_PORT_BASE: port('port of the first service node; the others follow it; 0 takes free ones').default(4310),
  DEVNET_NODES: z.coerce.number().int().min(1).max(1_000).default(24).describe('service nodes staked at genesis'),
  DEVNET_DIR: z
    .string()
    .min(1)
    .default('.data/devnet')
    .describe("directory of the node keys and of the EVM chain's state"),
  BLOCK_TIME_MS: durationMs('milliseconds between Pocket blocks', 10).default(2_000),
  POCKET_CHAIN_ID: z.string().min(1).max(50).default('localnet').describe('chain id that transactions are signed for'),
  SETTLER_PUBLIC_KEY: hexText(64, 'public key that may sign claims and proofs of the nodes'),
  TREASURY_ADDRESS: hexText(40, "address of the operator's account, funded at genesis"),
  TREASURY_POKT: wholePokt('POKT of the treasury at genesis').default(100_000_000),
  SETTLER_POKT: wholePokt('POKT of the settler at genesis, for fees').default(1_000_000),
  NODE_STAKE_POKT: wholePokt('stake of each node at genesis').default(15_000),
  CHAIN_URL: httpUrl('URL of the EVM chain behind chain id 0021; absent, Anvil is started').optional(),
  DEVNET_CHAINS: furtherChains.default(new Map<string, string>()),
  ANVIL_BIN: optionalText('anvil executable; absent, the npm package'),
  ANVIL_PORT: port('port of Anvil; 0 takes a free one').default(0),
  ANVIL_BLOCK_TIME_S: z.coerce
    .number()
    .int()
    .min(0)
    .max(3_600)
    .default(0)
    .describe('seconds between blocks of Anvil; 0 mines with each transaction'),
  ANVIL_KEEP: z.stringbool().default(true).describe("whether Anvil's chain survives a restart"),
  SESSION_ALLOWANCE: z.coerce
    .number()
    .int()
    .min(0)
    .max(100)
    .default(0)
    .describe("the nodes' client_session_sync_allowance: ended sessions still served"),
  BLOCK_ALLOWANCE: z.coerce
    .number()
    .int()
    .min(0)
    .max(1_000_000)
    .default(10)
    .describe("the nodes' client_block_sync_allowance"),
  CHAIN_TIMEOUT_MS: durationMs("the nodes' rpc_timeout towards a chain").default(30_000),
  DEVNET_FAULTS: optionalText('fault script as JSON, in force from the start'),
  DEVNET_FAULTS_PATH: optionalText('file that holds a fault script'),
};

/** Parsed environment of the devnet. */
export type DevnetConfig = z.infer<z.ZodObject<typeof devnetEnvironment>>;

/** Reads the environment. Throws `ConfigError` that names every variable at fault. */
export function readDevnetConfig(env: NodeJS.ProcessEnv = process.env): DevnetConfig {
  return parseConfig(devnetEnvironment, env);
}
