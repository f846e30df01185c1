import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const stateSchema = z.object({
  version: z.literal(1),
  /** 32 bytes in hex; every node's key derives from it. */
  seed: z.string().regex(/^[0-9a-f]{64}$/),
  /** The ports the nodes were staked with, so that a free port chosen once stays the node's address. */
  nodePorts: z.array(z.number().int().min(1).max(65_535)),
  /** Time of the state before block 1, ms since the epoch, so that the genesis can be stated again. */
  genesisTimeMs: z.number().int().min(0),
});

/** What a devnet must remember outside of its database. */
export type DevnetState = z.infer<typeof stateSchema>;

/** The state file is there and cannot be used. */
export class StateFileError extends Error {
  override readonly name = 'StateFileError';
}

/** `DEVNET_DIR/devnet.json`: the seed of the node keys and the nodes' ports, readable by its owner alone. */
export class StateFile {
  readonly #path: string;

  constructor(directory: string) {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    chmodSync(directory, 0o700);
    this.#path = join(directory, 'devnet.json');
  }

  /** The stored state, or a new one with a random seed, no ports and `nowMs` for its genesis. */
  read(nowMs: number): DevnetState {
    if (!existsSync(this.#path)) {
      return { version: 1, seed: randomBytes(32).toString('hex'), nodePorts: [], genesisTimeMs: nowMs };
    }
    try {
      return stateSchema.parse(JSON.parse(readFileSync(this.#path, 'utf8')));
    } catch {
      // The parser's own message could quote the seed.
      throw new StateFileError(`${this.#path} is not a devnet state file of version 1; move it away to begin anew`);
    }
  }

  /** Replaces the file in one step, so that a crash leaves the old or the new one. */
  write(state: DevnetState): void {
    const draft = `${this.#path}.new`;
    writeFileSync(draft, `${JSON.stringify(state, null, 2)}\n`, { mode: 0o600 });
    renameSync(draft, this.#path);
  }
}
