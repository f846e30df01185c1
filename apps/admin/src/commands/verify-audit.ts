import { ConfigError, databaseUrl, parseConfig } from '#libs/config';
import { createDataSource } from '#libs/persistence';
import { verifyAuditLog } from '#libs/tenancy';

// Verifies the audit log's hash chain. Exit code 0: it holds; 1: it does not, or could not be read.
try {
  const { DATABASE_URL } = parseConfig({ DATABASE_URL: databaseUrl('PostgreSQL of the control plane') });
  const dataSource = await createDataSource({ url: DATABASE_URL });
  try {
    const { faults, head } = await verifyAuditLog(dataSource);
    for (const { entryNumber, fault } of faults) console.error(`Entry ${entryNumber}: ${fault}.`);
    if (faults.length === 0) console.log(`The chain holds: ${head?.entryNumber} entries, head ${head?.hashHex}.`);
    else process.exitCode = 1;
  } finally {
    await dataSource.destroy();
  }
} catch (error) {
  console.error(
    error instanceof ConfigError ? error.message : `The audit log was not verified: ${(error as Error).message}`,
  );
  process.exitCode = 1;
}
