import type { SqlExecutor } from '#libs/persistence';
import { ChangeListener } from '#libs/tenancy';
import { type ControlState, EMPTY_CONTROLS, readControlState } from './control-state.js';

/** How a {@link ControlStore} is set up. */
export interface ControlStoreOptions {
  /** PostgreSQL connection URL, for the one connection that listens. */
  readonly url: string;
  /** Where the state is read. */
  readonly database: SqlExecutor;
  /** Called with each state that was read, in order; must not throw. */
  readonly onState?: (state: ControlState) => void;
  /** Told of faults that did not stop it. */
  readonly onFault?: (fault: { readonly what: string; readonly error: Error }) => void;
}

const RETRY_MS = 200;

/**
 * What operators set, in a gateway's memory. Every change is announced by PostgreSQL and read anew at once; after a lost
 * connection all of it is read again. While PostgreSQL is away the last state holds.
 */
export class ControlStore {
  readonly #listener: ChangeListener;
  #state: ControlState = EMPTY_CONTROLS;
  #loading: Promise<void> | null = null;
  #isStale = false;
  #retry: NodeJS.Timeout | null = null;
  #stopped = false;

  constructor(private readonly options: ControlStoreOptions) {
    this.#listener = new ChangeListener(
      options.url,
      {
        onChange: () => this.#load(),
        onConnected: () => this.#load(),
        onDisconnected: (error) => this.#fault('announcements stopped; the last state holds', error),
      },
      'operations',
    );
  }

  /** The newest state that was read. */
  get state(): ControlState {
    return this.#state;
  }

  /** Announcements arrive; while false, the state may be behind. */
  get connected(): boolean {
    return this.#listener.isConnected;
  }

  /** Opens the announcements. Rejects when PostgreSQL does not answer; call it again to retry. */
  async start(): Promise<void> {
    await this.#listener.start();
    await this.#loading;
  }

  /** Closes the connection; the state stays readable. */
  async stop(): Promise<void> {
    this.#stopped = true;
    if (this.#retry !== null) clearTimeout(this.#retry);
    await this.#listener.stop();
    await this.#loading;
  }

  #load(): void {
    this.#isStale = true;
    if (this.#loading !== null || this.#retry !== null || this.#stopped) return;
    this.#loading = this.#read().finally(() => {
      this.#loading = null;
      // Announced while the statement ran.
      if (this.#isStale) this.#load();
    });
  }

  async #read(): Promise<void> {
    this.#isStale = false;
    try {
      this.#state = await readControlState(this.options.database);
    } catch (error) {
      this.#isStale = true;
      this.#fault('the state could not be read and will be asked for again', error as Error);
      this.#retry = setTimeout(() => {
        this.#retry = null;
        this.#load();
      }, RETRY_MS);
      this.#retry.unref();
      return;
    }
    this.options.onState?.(this.#state);
  }

  #fault(what: string, error: Error): void {
    this.options.onFault?.({ what, error });
  }
}
