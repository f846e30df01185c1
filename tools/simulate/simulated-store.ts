import type { DataSource } from 'typeorm';
import type { Mutation } from './mutations.js';
import type { SeededRandom } from './random.js';
import type { SimulatedProcess } from './simulated-process.js';
import type { Timeline } from './timeline.js';

type Change = () => void;

/** A row of usage: what the limiter's seed and the invoice read of it. */
export interface StoredUsage {
  readonly day: string;
  readonly applicationId: string;
  billable: number;
  bytesOut: number;
}

/** A transaction that has not ended. */
interface Transaction {
  readonly changes: Change[];
  /** Ends it: frees what it locked and wakes who waits. */
  end(): void;
}

/** The server ended the connection; whether a commit under way took place is unknown. */
export class StoreAwayError extends Error {
  constructor() {
    super('terminating connection');
  }
}

/**
 * PostgreSQL as the metering statements see it: `storeChunk` and `storedChunkIds` of #libs/usage run against it unchanged.
 * It knows exactly their statements and refuses others; a transaction's changes appear together at its commit; the insert of an
 * identity that another transaction is inserting waits for that one. `test/integration/usage.spec.ts` holds the statements to a real server.
 */
export class SimulatedStore {
  isUp = true;
  readonly chunks = new Map<string, { readonly bytes: Buffer; readonly storedAt: number }>();
  readonly usage = new Map<string, StoredUsage>();
  readonly tallies = new Map<string, number>();
  storedReceipts = 0;
  #copies = 0;
  readonly #inserting = new Map<string, Promise<void>>();

  constructor(
    readonly timeline: Timeline,
    readonly random: SeededRandom,
    readonly mutation: Mutation | null,
    private readonly onCommit: (chunkId: string, bytes: Buffer) => void,
  ) {}

  /** The store as one process' data source. */
  seenBy(process: SimulatedProcess): DataSource {
    const reach = (): Promise<void> =>
      new Promise((resolve, reject) => {
        process.after(0.1 + this.random.next() * 0.8, () => (this.isUp ? resolve() : reject(new StoreAwayError())));
      });
    const source = {
      query: async (sql: string, parameters: unknown[]) => {
        await reach();
        return this.#ask(sql, parameters);
      },
      transaction: async (_isolation: string, work: (manager: unknown) => Promise<unknown>) => {
        await reach();
        const transaction = this.#begin();
        // A process that dies leaves its transaction to be rolled back when its connection ends.
        process.onDeath(() => transaction.end());
        try {
          const result = await work({
            query: async (sql: string, parameters: unknown[]) => {
              await reach();
              return this.#change(transaction, sql, parameters);
            },
          });
          await reach();
          for (const change of transaction.changes) change();
          transaction.end();
          // The commit took place; whether its acknowledgement arrives is another matter.
          await reach();
          if (this.random.chance(0.01)) throw new StoreAwayError();
          return result;
        } finally {
          transaction.end();
        }
      },
    };
    return source as unknown as DataSource;
  }

  #begin(): Transaction {
    const changes: Change[] = [];
    return { changes, end: () => this.#release.get(changes)?.() };
  }

  readonly #release = new Map<Change[], () => void>();

  #ask(sql: string, parameters: readonly unknown[]): unknown {
    if (sql.startsWith('SELECT chunk_id FROM metering.chunks')) {
      return (parameters[0] as string[]).filter((id) => this.chunks.has(id)).map((id) => ({ chunk_id: id }));
    }
    throw new Error(`the simulated store does not know: ${sql}`);
  }

  async #change(transaction: Transaction, sql: string, parameters: readonly unknown[]): Promise<unknown> {
    if (sql.startsWith('INSERT INTO metering.chunks')) return this.#insertChunk(transaction, parameters[0] as string);
    if (sql.startsWith('INSERT INTO metering.chunk_blobs')) {
      const bytes = Buffer.from(parameters[1] as Buffer);
      const chunkId = parameters[0] as string;
      transaction.changes.push(() => {
        const id = this.chunks.has(chunkId) ? `${chunkId}#${(this.#copies += 1)}` : chunkId;
        this.chunks.set(id, { bytes, storedAt: this.timeline.now });
        this.onCommit(chunkId, bytes);
      });
      return [];
    }
    if (sql.startsWith('SELECT pg_advisory_xact_lock_shared')) return [];
    // No day is closed within the minutes that a history takes.
    if (sql.includes('FROM metering.closed_days')) return [{ day: null }];
    const insert = /^INSERT INTO metering\.(\w+)[^(]*\(([^)]+)\)/.exec(sql);
    if (insert === null) throw new Error(`the simulated store does not know: ${sql}`);
    const [, table, columns] = insert as unknown as [string, string, string];
    const rows = rowsOf(
      columns.split(',').map((name) => name.trim()),
      parameters,
    );
    if (table === 'session_tallies') transaction.changes.push(() => this.#addTallies(rows));
    else if (table === 'usage') {
      if (this.mutation === 'usage-outside-transaction') this.#afterwards.push(() => this.#addUsage(rows));
      else transaction.changes.push(() => this.#addUsage(rows));
    }
    return [];
  }

  readonly #afterwards: Change[] = [];

  /** What a worker with the planted bug writes after its transaction. */
  writeAfterwards(): void {
    for (const write of this.#afterwards.splice(0)) write();
  }

  /** The worker died before it wrote. */
  forgetAfterwards(): void {
    this.#afterwards.length = 0;
  }

  async #insertChunk(transaction: Transaction, chunkId: string): Promise<unknown[]> {
    for (let other = this.#inserting.get(chunkId); other !== undefined; other = this.#inserting.get(chunkId))
      await other;
    if (this.chunks.has(chunkId) && this.mutation !== 'missing-dedupe') return [];
    let wake = (): void => undefined;
    this.#inserting.set(chunkId, new Promise((resolve) => (wake = resolve)));
    this.#release.set(transaction.changes, () => {
      this.#release.delete(transaction.changes);
      this.#inserting.delete(chunkId);
      wake();
    });
    return [{ chunk_id: chunkId }];
  }

  #addTallies(rows: readonly Row[]): void {
    for (const row of rows) {
      const key = `${row['application_public_key']}/${row['chain']}/${row['session_height']}/${row['node_public_key']}`;
      this.tallies.set(key, (this.tallies.get(key) ?? 0) + Number(row['receipts']));
    }
  }

  #addUsage(rows: readonly Row[]): void {
    for (const row of rows) {
      const [day, applicationId] = [String(row['day']), String(row['application_id'])];
      const key = `${day}/${applicationId}/${row['tenant_id']}/${row['endpoint_id']}/${row['chain']}/${row['method']}/${row['key_id']}`;
      let stored = this.usage.get(key);
      if (stored === undefined) this.usage.set(key, (stored = { day, applicationId, billable: 0, bytesOut: 0 }));
      stored.billable += Number(row['billable_relays']);
      stored.bytesOut += Number(row['bytes_out']);
    }
  }
}

/** One row of an insert, by column. */
type Row = Readonly<Record<string, string | number>>;

/** The rows of `INSERT … (columns) SELECT * FROM unnest($1, $2, …)`: parameter n holds the values of column n. */
function rowsOf(columns: readonly string[], parameters: readonly unknown[]): Row[] {
  const values = parameters as ReadonlyArray<ReadonlyArray<string | number>>;
  if (columns.length !== values.length) return [];
  return (values[0] ?? []).map((_value, at) =>
    Object.fromEntries(columns.map((column, index) => [column, values[index]?.[at] ?? ''])),
  );
}
