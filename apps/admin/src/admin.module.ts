import { randomUUID } from 'node:crypto';
import { type DynamicModule, Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { APP_FILTER, APP_INTERCEPTOR, APP_PIPE } from '@nestjs/core';
import { StandardSchemaSerializerInterceptor, StandardSchemaValidationPipe } from '@nestjs/common';
import { TypeOrmModule, getDataSourceToken } from '@nestjs/typeorm';
import { AuthModule } from '#libs/auth';
import type { LedgerPort } from '#libs/ledger';
import { dataSourceOptions } from '#libs/persistence';
import { keyPairFromPrivateKey } from '#libs/protocol';
import { RedisSetupError, queueConnection } from '#libs/queues';
import { RedisDailyLimiter } from '#libs/quota';
import type { Logger } from '#libs/telemetry';
import {
  ApplicationStaker,
  Applications,
  Mutations,
  RecordSealer,
  ScopedDatabase,
  TenancyModule,
  TenantErasure,
  tenancyEntities,
} from '#libs/tenancy';
import { usageTotals } from '#libs/usage';
import type { DataSource } from 'typeorm';
import { AlertsModule } from './alerts/alerts.module.js';
import type { AdminConfig } from './config.js';
import { BillingModule } from './billing/billing.module.js';
import { ProblemFilter } from './http/problem.filter.js';
import { ProblemError } from './http/problem.js';
import { InvitationsController } from './identity/invitations.controller.js';
import { MeController } from './identity/me.controller.js';
import { MembersController } from './identity/members.controller.js';
import { SessionsController } from './identity/sessions.controller.js';
import { TenantAuditController } from './identity/tenant-audit.controller.js';
import { TenantTokensController } from './identity/tenant-tokens.controller.js';
import { ApplicationPresenter } from './network/application-presenter.js';
import { NetworkView } from './network/network-view.js';
import { UsedToday } from './network/used-today.js';
import { OperationsModule } from './operations/operations.module.js';
import { Readiness } from './readiness.js';
import { ApplicationsController } from './routes/applications.controller.js';
import { AuditController } from './routes/audit.controller.js';
import { EndpointsController } from './routes/endpoints.controller.js';
import { NetworkController } from './routes/network.controller.js';
import { ReconciliationController } from './routes/reconciliation.controller.js';
import { SystemController } from './routes/system.controller.js';
import { TenantsController } from './routes/tenants.controller.js';
import { TokensController } from './routes/tokens.controller.js';
import { UsageController } from './routes/usage.controller.js';
import { CostsController } from './routes/costs.controller.js';
import { UsageEventsController } from './routes/usage-events.controller.js';
import { ErasureJob } from './tenants/erasure-job.js';
import { TenantExporter } from './tenants/tenant-exporter.js';
import { UsageReader } from './usage/usage-reader.js';
import {
  DELETION_GRACE_MS,
  GATEWAY_URL,
  INSTALLATION,
  INVITATION_URL,
  type Installation,
  LEDGER,
  STAKE_TIMEOUT_MS,
} from './tokens.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Closes what the module opened, and drops expired idempotency answers once an hour. */
class Housekeeping implements OnApplicationShutdown {
  private readonly timer: NodeJS.Timeout;

  constructor(
    mutations: Mutations,
    private readonly closers: ReadonlyArray<() => Promise<unknown>>,
  ) {
    const forget = () => void mutations.forgetExpired().catch(() => undefined);
    this.timer = setInterval(forget, HOUR_MS).unref();
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await Promise.allSettled(this.closers.map((close) => close()));
  }
}

/** Wires the libraries into the admin API. */
@Module({})
export class AdminModule {
  constructor(@Inject(Readiness) readonly readiness: Readiness) {}

  static forRoot(config: AdminConfig, logger: Logger, ledger: LedgerPort): DynamicModule {
    const treasury = keyPairFromPrivateKey(config.TREASURY_PRIVATE_KEY);
    const redis = queueConnection(config.REDIS_URL, 'producer', (error) => {
      if (error instanceof RedisSetupError) logger.error({ err: error }, 'REDIS_URL does not fit its server');
    });
    const installation: Installation = {
      chainId: config.POCKET_CHAIN_ID,
      gatewayClientPublicKey: config.GATEWAY_CLIENT_PUBLIC_KEY,
      treasuryAddress: treasury.addressHex,
      relaysPerPoktPerDay: config.RELAYS_PER_POKT_PER_DAY,
    };
    const limiterOf = (dataSource: DataSource) =>
      new RedisDailyLimiter({
        redis,
        instanceId: `admin-${randomUUID()}`,
        seed: async (applicationId, day) =>
          Number((await usageTotals(dataSource, { applicationId, from: day, to: day })).billableRelays),
      });
    return {
      module: AdminModule,
      imports: [
        TypeOrmModule.forRoot({
          ...dataSourceOptions({
            url: config.DATABASE_URL,
            entities: tenancyEntities,
            connectionsMax: 20,
            applicationName: 'pokt-portal-admin',
          }),
          retryAttempts: 0,
        }),
        TenancyModule.forRoot({
          pepper: config.API_KEY_PEPPER,
          kekHex: config.APPLICATION_KEYS_KEK,
          gatewayClientPublicKeyHex: config.GATEWAY_CLIENT_PUBLIC_KEY,
        }),
        BillingModule,
        AuthModule.forRoot({
          operatorToken: config.ADMIN_TOKEN,
          issuers: config.ADMIN_OIDC_ISSUERS,
          builtInIssuer: config.ADMIN_PUBLIC_URL,
          isBuiltInOpen:
            config.ADMIN_BUILT_IN_SIGN_IN === 'on' ||
            (config.ADMIN_BUILT_IN_SIGN_IN === 'auto' && config.ADMIN_OIDC_ISSUERS.length === 0),
        }),
        OperationsModule.forRoot({ redisUrl: config.REDIS_URL }),
        AlertsModule.forRoot({
          kekHex: config.ALERTS_KEK,
          policy: { ports: config.ALERTS_PORTS, loopbackHosts: config.ALERTS_LOOPBACK_HOSTS },
        }),
      ],
      controllers: [
        TenantsController,
        ApplicationsController,
        EndpointsController,
        UsageController,
        CostsController,
        UsageEventsController,
        ReconciliationController,
        NetworkController,
        TokensController,
        TenantTokensController,
        MembersController,
        InvitationsController,
        SessionsController,
        MeController,
        TenantAuditController,
        AuditController,
        SystemController,
      ],
      providers: [
        Readiness,
        UsageReader,
        TenantExporter,
        { provide: DELETION_GRACE_MS, useValue: config.TENANT_DELETION_GRACE_DAYS * DAY_MS },
        { provide: LEDGER, useValue: ledger },
        { provide: STAKE_TIMEOUT_MS, useValue: config.STAKE_TIMEOUT_MS },
        { provide: INVITATION_URL, useValue: config.ADMIN_INVITATION_URL },
        { provide: GATEWAY_URL, useValue: config.GATEWAY_URL },
        { provide: INSTALLATION, useValue: installation },
        { provide: NetworkView, useValue: new NetworkView(ledger) },
        {
          provide: RedisDailyLimiter,
          inject: [getDataSourceToken()],
          useFactory: limiterOf,
        },
        {
          provide: UsedToday,
          inject: [RedisDailyLimiter, getDataSourceToken()],
          useFactory: (limiter: RedisDailyLimiter, dataSource: DataSource) => new UsedToday(limiter, dataSource),
        },
        {
          provide: ApplicationPresenter,
          inject: [NetworkView, UsedToday, ScopedDatabase],
          useFactory: (network: NetworkView, usedToday: UsedToday, database: ScopedDatabase) =>
            new ApplicationPresenter(network, usedToday, database, config.RELAYS_PER_POKT_PER_DAY),
        },
        {
          provide: ApplicationStaker,
          inject: [getDataSourceToken(), RecordSealer],
          useFactory: (dataSource: DataSource, sealer: RecordSealer) =>
            new ApplicationStaker({
              dataSource,
              ledger,
              sealer,
              treasury,
              chainId: config.POCKET_CHAIN_ID,
              feeUpokt: config.TRANSACTION_FEE_UPOKT,
            }),
        },
        {
          provide: TenantErasure,
          inject: [ScopedDatabase, Mutations, Applications, ApplicationStaker],
          useFactory: (
            database: ScopedDatabase,
            mutations: Mutations,
            applications: Applications,
            staker: ApplicationStaker,
          ) =>
            new TenantErasure({
              database,
              mutations,
              applications,
              staker,
              timeoutMs: config.STAKE_TIMEOUT_MS,
              onFault: ({ applicationId, error }) => logger.warn({ err: error, applicationId }, 'an erasure waits'),
            }),
        },
        {
          provide: ErasureJob,
          inject: [TenantErasure],
          useFactory: (erasure: TenantErasure) => new ErasureJob(erasure, logger),
        },
        {
          provide: Housekeeping,
          inject: [Mutations, RedisDailyLimiter],
          useFactory: (mutations: Mutations, limiter: RedisDailyLimiter) =>
            new Housekeeping(mutations, [
              async () => {
                await limiter.drain();
                redis.disconnect();
              },
            ]),
        },
        { provide: APP_FILTER, useValue: new ProblemFilter(logger) },
        { provide: APP_INTERCEPTOR, useClass: StandardSchemaSerializerInterceptor },
        { provide: APP_PIPE, useValue: new StandardSchemaValidationPipe({ exceptionFactory: invalid }) },
      ],
    };
  }
}

function invalid(
  issues: ReadonlyArray<{
    readonly message: string;
    readonly path?: ReadonlyArray<PropertyKey | { readonly key: PropertyKey }> | undefined;
  }>,
): ProblemError {
  const errors = issues.slice(0, 50).map((issue) => ({
    path: (issue.path ?? []).map((part) => String(typeof part === 'object' ? part.key : part)).join('.'),
    message: issue.message,
  }));
  const first = errors[0];
  const where = first?.path ? `${first.path}: ` : '';
  return new ProblemError('invalid', `${where}${first?.message ?? 'The request does not fit.'}`, { errors });
}
