import { type DynamicModule, Module } from '@nestjs/common';
import { TypeOrmModule, getDataSourceToken } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { ApplicationDirectory } from './applications/application-directory.js';
import { ApiKeys, KeyPepper } from './domain/api-keys.js';
import { Applications, GatewayClientKey } from './domain/applications.js';
import { AuditLog } from './domain/audit-log.js';
import { DryRun } from './domain/dry-run.js';
import { Endpoints } from './domain/endpoints.js';
import { Mutations } from './domain/mutations.js';
import { Tenants } from './domain/tenants.js';
import { tenancyEntities } from './entities/index.js';
import { Plans } from './plans/plans.js';
import { RecordSealer } from './record-sealer.js';
import { ScopedDatabase } from './scope/scoped-database.js';

/** What the tenancy services need to know. */
export interface TenancySettings {
  /** Pepper of API keys and service tokens. */
  readonly pepper: string;
  /** Key-encryption key of application keys, 64 hex digits. */
  readonly kekHex: string;
  /** Public key of the gateways' client key, 64 hex digits. */
  readonly gatewayClientPublicKeyHex: string;
}

const SERVICES = [Tenants, Applications, Endpoints, ApiKeys, AuditLog, DryRun, Plans];

/** The tenancy services over the application's TypeORM data source, which must know `tenancyEntities`. */
@Module({})
export class TenancyModule {
  static forRoot(settings: TenancySettings): DynamicModule {
    const repositories = TypeOrmModule.forFeature([...tenancyEntities]);
    return {
      module: TenancyModule,
      global: true,
      imports: [repositories],
      providers: [
        { provide: KeyPepper, useValue: new KeyPepper(settings.pepper) },
        { provide: RecordSealer, useValue: new RecordSealer(settings.kekHex) },
        { provide: GatewayClientKey, useValue: new GatewayClientKey(settings.gatewayClientPublicKeyHex) },
        {
          provide: ScopedDatabase,
          inject: [getDataSourceToken()],
          useFactory: (dataSource: DataSource) => new ScopedDatabase(dataSource),
        },
        {
          provide: Mutations,
          inject: [ScopedDatabase, RecordSealer],
          useFactory: (database: ScopedDatabase, sealer: RecordSealer) => new Mutations(database, sealer),
        },
        {
          provide: ApplicationDirectory,
          inject: [ScopedDatabase],
          useFactory: (database: ScopedDatabase) => new ApplicationDirectory(database),
        },
        ...SERVICES,
      ],
      exports: [
        repositories,
        KeyPepper,
        RecordSealer,
        GatewayClientKey,
        ScopedDatabase,
        Mutations,
        ApplicationDirectory,
        ...SERVICES,
      ],
    };
  }
}
