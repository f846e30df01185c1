import { renameSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from '#libs/telemetry';
import { type Anvil, AnvilError, type AnvilSettings, startAnvil } from './anvil.js';

const RESTART_PAUSE_MS_MIN = 100;
const RESTART_PAUSE_MS_MAX = 5_000;

/**
 * Keeps Anvil running at one URL: an Anvil that ends by itself is started again on the same port with its stored state,
 * of which a crash may lose the last minute. Relays fail with 28 in between.
 */
export class AnvilKeeper {
  #stopping = false;
  #restarting: Promise<void> = Promise.resolve();

  private constructor(
    private readonly settings: AnvilSettings,
    private readonly logger: Logger,
    private anvil: Anvil,
  ) {}

  /** Rejects when Anvil does not come up the first time. */
  static async start(settings: AnvilSettings, logger: Logger): Promise<AnvilKeeper> {
    const anvil = await startOnUsableState(settings, logger);
    const port = Number(new URL(anvil.url).port);
    const keeper = new AnvilKeeper({ ...settings, port }, logger, anvil);
    keeper.#watch();
    return keeper;
  }

  get url(): string {
    return this.anvil.url;
  }

  get pid(): number {
    return this.anvil.pid;
  }

  /** Ends Anvil for good. */
  async stop(): Promise<void> {
    this.#stopping = true;
    await this.anvil.stop();
    await this.#restarting;
    await this.anvil.stop();
  }

  #watch(): void {
    void this.anvil.exited.then(({ code }) => {
      if (this.#stopping) return;
      this.logger.error({ code }, 'Anvil ended; starting it again');
      this.#restarting = this.#restart();
    });
  }

  async #restart(): Promise<void> {
    for (let pauseMs = RESTART_PAUSE_MS_MIN; !this.#stopping; pauseMs = Math.min(RESTART_PAUSE_MS_MAX, pauseMs * 2)) {
      try {
        this.anvil = await startOnUsableState(this.settings, this.logger);
        this.logger.info({ url: this.anvil.url }, 'Anvil answers again');
        if (!this.#stopping) this.#watch();
        return;
      } catch (error) {
        this.logger.error({ err: error }, 'Anvil does not come up');
        await delay(pauseMs);
      }
    }
  }
}

/** A state file that was cut off by a crash would keep Anvil from ever starting: it is set aside, and the chain begins anew. */
async function startOnUsableState(settings: AnvilSettings, logger: Logger): Promise<Anvil> {
  const { stateFile, ...rest } = settings;
  try {
    return await startAnvil(settings);
  } catch (error) {
    const isBroken = error instanceof AnvilError && error.message.includes('failed to parse json file');
    if (stateFile === undefined || !isBroken) throw error;
    const aside = `${stateFile}.broken`;
    renameSync(stateFile, aside);
    logger.error({ aside }, "Anvil's stored state is unreadable; the EVM chain begins anew");
    return startAnvil({ ...rest, stateFile });
  }
}
