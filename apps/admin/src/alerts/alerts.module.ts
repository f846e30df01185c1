import { type DynamicModule, Module } from '@nestjs/common';
import { AlertChannels, AlertDeliveries, AlertRules, ChannelSecrets, type EgressPolicy } from '#libs/alerts';
import { Mutations, ScopedDatabase } from '#libs/tenancy';
import { AlertChannelsController } from './alert-channels.controller.js';
import { AlertDeliveriesController } from './alert-deliveries.controller.js';
import { AlertRulesController } from './alert-rules.controller.js';

/** What the alert routes need to know. */
export interface AlertsSettings {
  /** Key-encryption key of channels, 64 hex digits; absent: there are none. */
  readonly kekHex: string | undefined;
  readonly policy: EgressPolicy;
}

/** Alert rules, channels and deliveries of tenants. The worker finds and sends. */
@Module({})
export class AlertsModule {
  static forRoot({ kekHex, policy }: AlertsSettings): DynamicModule {
    const secrets = kekHex === undefined ? null : new ChannelSecrets(kekHex);
    return {
      module: AlertsModule,
      controllers: [AlertRulesController, AlertChannelsController, AlertDeliveriesController],
      providers: [
        {
          provide: AlertRules,
          inject: [ScopedDatabase, Mutations],
          useFactory: (database: ScopedDatabase, mutations: Mutations) => new AlertRules(database, mutations),
        },
        {
          provide: AlertChannels,
          inject: [ScopedDatabase, Mutations],
          useFactory: (database: ScopedDatabase, mutations: Mutations) =>
            new AlertChannels(database, mutations, secrets, policy),
        },
        {
          provide: AlertDeliveries,
          inject: [ScopedDatabase, Mutations],
          useFactory: (database: ScopedDatabase, mutations: Mutations) => new AlertDeliveries(database, mutations),
        },
      ],
    };
  }
}
