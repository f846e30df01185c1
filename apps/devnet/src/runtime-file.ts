import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from '#libs/telemetry';
import type { StoredEvidence } from './node/evidence.js';
import type { StoredOracle } from './node/relay-oracle.js';

/** What the nodes carry over a restart. */
export interface StoredRuntime {
  /** Hash of block 1: counts of another network are worthless. */
  readonly networkId: string;
  readonly oracle: StoredOracle;
  /** Evidence by node number; empty in the copies written while the network runs, which would otherwise grow with it. */
  readonly evidence: ReadonlyArray<readonly StoredEvidence[]>;
}

/**
 * `DEVNET_DIR/runtime.json`: the oracle's counts, written every few seconds, and at an orderly end the nodes' evidence too.
 * After `kill -9` the counts are a few seconds old and the evidence of the open session is gone, as with a stock node
 * that is killed before it writes its cache.
 */
export class RuntimeFile {
  readonly #path: string;
  #writing = false;

  constructor(
    directory: string,
    private readonly logger: Logger,
  ) {
    this.#path = join(directory, 'runtime.json');
  }

  /** What was stored for this network; null when there is nothing usable. */
  read(networkId: string): StoredRuntime | null {
    if (!existsSync(this.#path)) return null;
    try {
      const stored = JSON.parse(readFileSync(this.#path, 'utf8')) as StoredRuntime;
      return stored.networkId === networkId ? stored : null;
    } catch (error) {
      this.logger.warn({ err: error }, 'the counts of the last run cannot be read; counting from zero');
      return null;
    }
  }

  /** Writes beside the event loop; a write that is still under way makes this one a no-op. */
  async writeSoon(runtime: () => StoredRuntime): Promise<void> {
    if (this.#writing) return;
    this.#writing = true;
    try {
      await writeFile(`${this.#path}.new`, JSON.stringify(runtime()), { mode: 0o600 });
      renameSync(`${this.#path}.new`, this.#path);
    } catch (error) {
      this.logger.warn({ err: error }, 'the counts of the nodes cannot be stored');
    } finally {
      this.#writing = false;
    }
  }

  /** Writes before it returns. */
  writeNow(runtime: StoredRuntime): void {
    writeFileSync(`${this.#path}.last`, JSON.stringify(runtime), { mode: 0o600 });
    renameSync(`${this.#path}.last`, this.#path);
  }
}
