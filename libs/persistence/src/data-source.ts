import { DataSource, type DataSourceOptions, type EntitySchema, type MigrationInterface } from 'typeorm';

/** What an app states about its database connection. */
export interface DataSourceSettings {
  /** PostgreSQL connection URL. */
  readonly url: string;
  /** Entities that the app's libraries export; none are found by globbing, so sources, `dist` and tests agree. */
  readonly entities?: ReadonlyArray<(new () => object) | EntitySchema>;
  /** Migrations, oldest first; only the migrator passes them. */
  readonly migrations?: ReadonlyArray<new () => MigrationInterface>;
  /** Upper bound of pooled connections; default 10. */
  readonly connectionsMax?: number;
  /** Shown in `pg_stat_activity`, so that an operator sees whose session holds a lock. */
  readonly applicationName?: string;
}

/**
 * TypeORM options that every process uses, so that pool, naming and transaction mode are the same everywhere.
 * `synchronize` is always off: the schema comes from `migrations/` alone.
 */
export function dataSourceOptions(settings: DataSourceSettings): DataSourceOptions {
  return {
    type: 'postgres',
    url: settings.url,
    entities: [...(settings.entities ?? [])],
    migrations: [...(settings.migrations ?? [])],
    migrationsTableName: 'schema_migrations',
    migrationsTransactionMode: 'each',
    // The built-in gen_random_uuid() needs no extension; creating one needs rights the apps do not have.
    installExtensions: false,
    uuidExtension: 'pgcrypto',
    synchronize: false,
    applicationName: settings.applicationName ?? 'pokt-portal',
    extra: {
      max: settings.connectionsMax ?? 10,
      connectionTimeoutMillis: 5_000,
      // A broken network must not hold a pooled connection for the kernel's two hours.
      keepAlive: true,
    },
    poolErrorHandler: () => {
      // pg emits the loss of an idle connection here; the next query opens another, and without a handler the process dies.
    },
  };
}

/** An initialised data source; the caller owns it and calls `destroy()`. Rejects when PostgreSQL does not answer. */
export function createDataSource(settings: DataSourceSettings): Promise<DataSource> {
  return new DataSource(dataSourceOptions(settings)).initialize();
}
