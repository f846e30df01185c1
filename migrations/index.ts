import type { MigrationInterface } from 'typeorm';
import { Ledger1764000000000 } from './1764000000000-ledger.js';
import { Tenancy1764000100000 } from './1764000100000-tenancy.js';
import { Metering1764000200000 } from './1764000200000-metering.js';
import { RowLevelSecurity1764000300000 } from './1764000300000-row-level-security.js';
import { Rules1764000310000 } from './1764000310000-rules.js';
import { AuditChain1764000320000 } from './1764000320000-audit-chain.js';
import { UsageDays1764000400000 } from './1764000400000-usage-days.js';
import { UsageRowSecurity1764000401000 } from './1764000401000-usage-row-security.js';
import { RowVersions1764000600000 } from './1764000600000-row-versions.js';
import { TenantLifeCycle1764000601000 } from './1764000601000-tenant-life-cycle.js';
import { Plans1764000602000 } from './1764000602000-plans.js';
import { ApplicationTransfer1764000603000 } from './1764000603000-application-transfer.js';
import { Identity1764000650000 } from './1764000650000-identity.js';
import { Alerts1764000700000 } from './1764000700000-alerts.js';
import { AlertVersions1764000701000 } from './1764000701000-alert-versions.js';
import { Operations1764000800000 } from './1764000800000-operations.js';
import { UsageReaders1764000900000 } from './1764000900000-usage-readers.js';
import { Verification1764000901000 } from './1764000901000-verification.js';
import { Costs1764000902000 } from './1764000902000-costs.js';
import { Retention1764000903000 } from './1764000903000-retention.js';
import { SuspectsAnnounced1764000904000 } from './1764000904000-suspects-announced.js';
import { ReadQuorum1764000950000 } from './1764000950000-read-quorum.js';

/** Every migration, oldest first. Append only: a merged migration is never edited (see README.md). */
export const migrations: ReadonlyArray<new () => MigrationInterface> = [
  Ledger1764000000000,
  Tenancy1764000100000,
  Metering1764000200000,
  RowLevelSecurity1764000300000,
  Rules1764000310000,
  AuditChain1764000320000,
  UsageDays1764000400000,
  UsageRowSecurity1764000401000,
  RowVersions1764000600000,
  TenantLifeCycle1764000601000,
  Plans1764000602000,
  ApplicationTransfer1764000603000,
  Identity1764000650000,
  Alerts1764000700000,
  AlertVersions1764000701000,
  Operations1764000800000,
  UsageReaders1764000900000,
  Verification1764000901000,
  Costs1764000902000,
  Retention1764000903000,
  SuspectsAnnounced1764000904000,
  ReadQuorum1764000950000,
];
