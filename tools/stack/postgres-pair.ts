import { constants } from 'node:fs';
import { chmod, copyFile, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { type RunningService, freePort, giveToPostgres, startPostgres } from './services.js';
import { waitFor } from './wait-for.js';

/** Enough WAL for a standby to catch up with from the moment its copy began. */
const PRIMARY_SETTINGS = ['wal_keep_size=256MB'];

/** What a copy of a running cluster must not contain: its lock, its own settings, and WAL that the standby streams. */
const NOT_COPIED = new Set(['postmaster.pid', 'postmaster.opts', 'postgresql.auto.conf', 'standby.signal']);
const COPIED_EMPTY = new Set(['pg_wal', 'pg_replslot', 'pg_stat_tmp', 'pg_dynshmem', 'pg_notify', 'pg_subtrans']);

/** A durable PostgreSQL that may have a synchronous standby, which can be promoted when the primary is killed. */
export class PostgresPair {
  #clusters = 0;
  #cluster = 'data';
  #standbyCluster = '';
  /** The server that follows it, if any. */
  standby: RunningService | undefined;

  private constructor(
    readonly directory: string,
    /** The server that takes writes. */
    public primary: RunningService,
  ) {}

  /** Starts a primary without a standby. */
  static async start(directory: string): Promise<PostgresPair> {
    const primary = await startPostgres({ directory, durable: true, settings: PRIMARY_SETTINGS });
    return new PostgresPair(directory, primary);
  }

  /** The servers that run. */
  get servers(): readonly RunningService[] {
    return this.standby ? [this.primary, this.standby] : [this.primary];
  }

  /** `kill -9` of the primary with every connection, then the same data on the same port. */
  async restart(whileDown?: () => Promise<void>): Promise<void> {
    const { port } = this.primary;
    await this.primary.kill();
    await whileDown?.();
    // The killed server's own children keep its shared memory until they notice that it is gone.
    this.primary = await waitFor('PostgreSQL to start again', () =>
      startPostgres({
        directory: this.directory,
        port,
        durable: true,
        cluster: this.#cluster,
        settings: PRIMARY_SETTINGS,
      }),
    );
  }

  /**
   * Copies the running primary into a standby and makes replication synchronous: from then on a commit that was
   * acknowledged is on both. Rejects when the standby does not stream within 30 seconds.
   */
  async attachStandby(): Promise<void> {
    if (this.standby) return;
    this.#clusters += 1;
    const cluster = `data-${this.#clusters}`;
    const target = join(this.directory, cluster);
    await withClient(this.primary.url, async (client) => {
      await client.query("SELECT pg_backup_start('standby', true)");
      await copyCluster(join(this.directory, this.#cluster), target);
      const { rows } = await client.query<{ labelfile: string }>('SELECT labelfile FROM pg_backup_stop(false)');
      await this.#write(join(target, 'backup_label'), rows[0]!.labelfile);
      await this.#write(join(target, 'standby.signal'), '');
      await this.#write(join(target, 'postgresql.auto.conf'), '');
      const port = await freePort();
      this.standby = await startPostgres({
        directory: this.directory,
        port,
        durable: true,
        cluster,
        settings: [
          ...PRIMARY_SETTINGS,
          `primary_conninfo=host=127.0.0.1 port=${this.primary.port} user=postgres application_name=standby`,
          'wal_retrieve_retry_interval=200ms',
        ],
      });
      this.#standbyCluster = cluster;
      await waitFor('the standby to stream', async () => {
        const streaming = await client.query("SELECT 1 FROM pg_stat_replication WHERE state = 'streaming'");
        return streaming.rowCount === 1;
      });
      await client.query("ALTER SYSTEM SET synchronous_standby_names = '*'");
      await client.query('SELECT pg_reload_conf()');
      await waitFor('replication to be synchronous', async () => {
        const synchronous = await client.query("SELECT 1 FROM pg_stat_replication WHERE sync_state = 'sync'");
        return synchronous.rowCount === 1;
      });
    });
  }

  /** `kill -9` of the primary, then promotion of the standby, which is the primary on its own port from then on. */
  async failOver(): Promise<void> {
    const { standby } = this;
    if (!standby) throw new Error('There is no standby to promote.');
    const abandoned = this.#cluster;
    await this.primary.kill();
    this.primary = standby;
    this.standby = undefined;
    this.#cluster = this.#standbyCluster;
    await withClient(standby.url, (client) => client.query('SELECT pg_promote(true, 30)'));
    await waitFor('the killed primary to be gone', () =>
      rm(join(this.directory, abandoned), { recursive: true, force: true }).then(() => true),
    );
  }

  /** Ends both. */
  async stop(): Promise<void> {
    // The primary first: a primary that waits for its standby's word would otherwise hold up its own end.
    for (const server of this.servers) await server.stop();
  }

  async #write(path: string, text: string): Promise<void> {
    await writeFile(path, text, { mode: 0o600 });
    giveToPostgres(path);
  }
}

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: `${url}/postgres` });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Copies a cluster that is being written to; files that vanish meanwhile are what WAL replay removes or makes again. */
async function copyCluster(from: string, to: string): Promise<void> {
  await mkdir(to, { mode: 0o700 });
  giveToPostgres(to);
  for (const entry of await readdir(from, { withFileTypes: true })) {
    if (NOT_COPIED.has(entry.name)) continue;
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory() && COPIED_EMPTY.has(entry.name)) {
      await makeDirectory(target);
      if (entry.name === 'pg_wal') {
        await makeDirectory(join(target, 'archive_status'));
        await makeDirectory(join(target, 'summaries'));
      }
    } else if (entry.isDirectory()) {
      await copyCluster(source, target);
    } else if (entry.isFile()) {
      try {
        await copyFile(source, target, constants.COPYFILE_FICLONE);
        await chmod(target, 0o600);
        giveToPostgres(target);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
      }
    }
  }
}

async function makeDirectory(path: string): Promise<void> {
  await mkdir(path, { mode: 0o700 });
  giveToPostgres(path);
}
