import pg from 'pg';
import type { SqlExecutor } from '#libs/persistence';

/** The gateway's few questions to PostgreSQL, none of them on the way of a request. */
export class MeteringDatabase implements SqlExecutor {
  readonly #pool: pg.Pool;

  constructor(url: string, onError: (error: Error) => void) {
    this.#pool = new pg.Pool({
      connectionString: url,
      application_name: 'pokt-portal-gateway',
      max: 2,
      connectionTimeoutMillis: 2_000,
      query_timeout: 5_000,
    });
    this.#pool.on('error', onError);
  }

  async query<Rows = unknown>(sql: string, parameters: unknown[] = []): Promise<Rows> {
    const { rows } = await this.#pool.query(sql, parameters);
    return rows as Rows;
  }

  close(): Promise<void> {
    return this.#pool.end();
  }
}
