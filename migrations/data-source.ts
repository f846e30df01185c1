import { dataSourceOptions } from '#libs/persistence';
import { migrations } from '#migrations';
import { DataSource } from 'typeorm';

/** For the TypeORM command line (`npm run db:migrate`); the apps use `migrate` of #libs/persistence. */
export default new DataSource(dataSourceOptions({ url: process.env['DATABASE_URL'] ?? '', migrations }));
