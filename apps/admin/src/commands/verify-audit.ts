import { ConfigError, databaseUrl, parseConfig } from '#libs/config';
import { createDataSource } from '#libs/persistence';

// Verifies the audit log's hash chain. Exit code 0: it holds; 1: it does not, or could not be read.
try {
  const { DATABASE_URL } = parseConfig({ DATABASE_URL: databaseUrl('PostgreSQL of the control plane') });
  const dataSource = await createDataSource({ url: DATABASE_URL });
  try {
    const faults = await dataSource.query<Array<{ chain_number: string; fault: string }>>(
      'SELECT chain_number, fault FROM tenancy.audit_faults()',
    );
    for (const { chain_number: entry, fault } of faults) console.error(`Entry ${entry}: ${fault}.`);
    const [head] = await dataSource.query<Array<{ number: string; hash: string }>>(
      `SELECT chain_number AS number, encode(chain_hash, 'hex') AS hash FROM tenancy.audit_head`,
    );
    // Kept elsewhere, this line shows later that nobody rewrote the chain as a whole.
    if (faults.length === 0) console.log(`The chain holds: ${head?.number} entries, head ${head?.hash}.`);
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
