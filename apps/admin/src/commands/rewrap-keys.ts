import { ConfigError, databaseUrl, parseConfig } from '#libs/config';
import { createDataSource } from '#libs/persistence';
import { RecordSealer, rewrapApplicationKeys, tenancyEntities } from '#libs/tenancy';
import { z } from 'zod';

const kek = (description: string) =>
  z
    .string()
    .regex(/^[0-9a-fA-F]{64}$/, 'must have 64 hex digits')
    .describe(description);

// Moves every sealed application key to APPLICATION_KEYS_KEK_NEXT. Safe to stop and to run again. Run it while admin is stopped, then start
// admin with the next key as APPLICATION_KEYS_KEK: answers kept for Idempotency-Key under the old one are then void.
try {
  const config = parseConfig({
    DATABASE_URL: databaseUrl('PostgreSQL of the control plane'),
    APPLICATION_KEYS_KEK: kek('present key-encryption key'),
    APPLICATION_KEYS_KEK_NEXT: kek('key-encryption key to move to'),
  });
  const dataSource = await createDataSource({ url: config.DATABASE_URL, entities: tenancyEntities });
  try {
    const { rewrapped, already } = await rewrapApplicationKeys(
      dataSource,
      new RecordSealer(config.APPLICATION_KEYS_KEK),
      new RecordSealer(config.APPLICATION_KEYS_KEK_NEXT),
    );
    console.log(`Moved ${rewrapped} keys; ${already} were moved before.`);
  } finally {
    await dataSource.destroy();
  }
} catch (error) {
  console.error(
    error instanceof ConfigError ? error.message : `The keys were not all moved: ${(error as Error).message}`,
  );
  process.exitCode = 1;
}
