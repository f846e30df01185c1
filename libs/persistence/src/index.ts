export { type DataSourceSettings, createDataSource, dataSourceOptions } from './data-source.js';
export { migrate } from './migrate.js';
export { type SqlExecutor, inTransaction, retrySerialization } from './transaction.js';
