import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';

/** A change in the `tenancy` schema, as its triggers announce it. Absent fields do not apply to the table. */
export interface TenancyChange {
  readonly table: string;
  readonly tenantId?: string;
  readonly endpointId?: string;
  readonly applicationId?: string;
  readonly keyId?: string;
  readonly planId?: string;
  /** The row was deleted or the key revoked. */
  readonly gone?: boolean;
}

/** What a {@link ChangeListener} reports. */
export interface ChangeListenerEvents {
  onChange(change: TenancyChange): void;
  /** The channel is open; anything may have changed while it was not. */
  onConnected(): void;
  onDisconnected(error: Error): void;
}

interface Connection {
  readonly client: pg.Client;
  /** Resolves with the reason when the connection ends. */
  readonly lost: Promise<Error>;
}

const RETRY_FIRST_MS = 50;
const RETRY_MAX_MS = 500;
const HEARTBEAT_MS = 2_000;
const CONNECT_TIMEOUT_MS = 2_000;

/**
 * Holds one `LISTEN` connection open for as long as it runs, trying again at least twice a second.
 * A heartbeat query finds connections that died silently (a pulled cable gives no error for minutes).
 */
export class ChangeListener {
  private connection: Connection | null = null;
  private readonly stopping = new AbortController();
  private running: Promise<void> | null = null;

  constructor(
    private readonly url: string,
    private readonly events: ChangeListenerEvents,
    private readonly channel: 'tenancy' | 'operations' = 'tenancy',
  ) {}

  /** True while announcements arrive. */
  get isConnected(): boolean {
    return this.connection !== null;
  }

  /** Connects once, rejecting when PostgreSQL does not answer; from then on it reconnects by itself. */
  async start(): Promise<void> {
    const first = await this.connect();
    this.running = this.keepOpen(first);
  }

  /** Closes the connection and stops reconnecting. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.connection?.client.end().catch(() => undefined);
    await this.running;
  }

  private async keepOpen(first: Connection): Promise<void> {
    let connection: Connection | null = first;
    while (connection !== null) {
      const error = await connection.lost;
      this.connection = null;
      if (this.stopping.signal.aborted) return;
      this.events.onDisconnected(error);
      connection = await this.reconnect();
    }
  }

  private async reconnect(): Promise<Connection | null> {
    for (let pauseMs = RETRY_FIRST_MS; ; pauseMs = Math.min(pauseMs * 2, RETRY_MAX_MS)) {
      await delay(pauseMs, undefined, { signal: this.stopping.signal }).catch(() => undefined);
      if (this.stopping.signal.aborted) return null;
      try {
        return await this.connect();
      } catch {
        // Still away; the loss itself was reported.
      }
    }
  }

  private async connect(): Promise<Connection> {
    const client = new pg.Client({
      connectionString: this.url,
      application_name: `pokt-portal-${this.channel}-listen`,
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      query_timeout: CONNECT_TIMEOUT_MS,
      keepAlive: true,
    });
    const lost = new Promise<Error>((resolve) => {
      client.once('error', resolve);
      client.once('end', () => resolve(new Error('PostgreSQL closed the connection')));
    });
    // pg emits `error` once more when the socket breaks after a failed query; unheard it would end the process.
    client.on('error', () => undefined);
    client.on('notification', (message) => {
      const change = message.payload === undefined ? null : parseChange(message.payload);
      if (change) this.events.onChange(change);
    });
    try {
      await client.connect();
      await client.query(`LISTEN ${this.channel}`);
    } catch (error) {
      void client.end().catch(() => undefined);
      throw error;
    }
    const connection = { client, lost: this.whenLost(client, lost) };
    this.connection = connection;
    this.events.onConnected();
    return connection;
  }

  private async whenLost(client: pg.Client, lost: Promise<Error>): Promise<Error> {
    const silent = new Promise<Error>((resolve) => {
      const timer = setInterval(() => {
        client.query('SELECT 1').catch((error: unknown) => resolve(error as Error));
      }, HEARTBEAT_MS);
      timer.unref();
      void lost.then(() => clearInterval(timer));
    });
    const error = await Promise.race([lost, silent]);
    void client.end().catch(() => undefined);
    return error;
  }
}

/** The announcement in `payload`; null when it is none of ours (anyone with a connection may NOTIFY). */
export function parseChange(payload: string): TenancyChange | null {
  try {
    const parsed = JSON.parse(payload) as unknown;
    if (typeof parsed !== 'object' || parsed === null || !('table' in parsed) || typeof parsed.table !== 'string') {
      return null;
    }
    return parsed as TenancyChange;
  } catch {
    return null;
  }
}
