import type { OnApplicationShutdown, Provider } from '@nestjs/common';
import { getDataSourceToken } from '@nestjs/typeorm';
import { AlertDispatcher, ChannelSecrets, Mailer, guardedAgent } from '#libs/alerts';
import { Mutations, ScopedDatabase } from '#libs/tenancy';
import type { Registry } from 'prom-client';
import type { DataSource } from 'typeorm';
import type { Agent } from 'undici';
import type { WorkerConfig } from '../config.js';
import { AlertsMetrics } from './alerts-metrics.js';
import { AlertsProcessor } from './alerts-processor.js';

/** What sends alerts; closed when the worker stops. */
class AlertTransports implements OnApplicationShutdown {
  constructor(
    readonly http: Agent,
    readonly mailer: Mailer | null,
  ) {}

  async onApplicationShutdown(): Promise<void> {
    this.mailer?.close();
    await this.http.destroy();
  }
}

/** Everything the worker needs to find and deliver alerts. */
export function alertsProviders(config: WorkerConfig, registry: Registry): Provider[] {
  const policy = { ports: config.ALERTS_PORTS, loopbackHosts: config.ALERTS_LOOPBACK_HOSTS };
  const answerTimeoutMs = config.ALERTS_TIMEOUT_MS;
  return [
    { provide: AlertsMetrics, useFactory: () => new AlertsMetrics(registry) },
    {
      provide: AlertTransports,
      useFactory: () => new AlertTransports(guardedAgent({ policy, answerTimeoutMs }), mailerOf(config)),
    },
    {
      provide: AlertDispatcher,
      inject: [getDataSourceToken(), AlertTransports],
      useFactory: (dataSource: DataSource, { http, mailer }: AlertTransports) => {
        if (config.ALERTS_KEK === undefined) return null;
        const secrets = new ChannelSecrets(config.ALERTS_KEK);
        return new AlertDispatcher({
          dataSource,
          mutations: new Mutations(new ScopedDatabase(dataSource), secrets.sealer),
          secrets,
          http,
          policy,
          mailer,
          timeoutMs: config.ALERTS_TIMEOUT_MS,
          retryDelaysMs: config.ALERTS_RETRY_DELAYS_MS,
          disableAfterMs: config.ALERTS_DISABLE_AFTER_MS,
        });
      },
    },
    AlertsProcessor,
  ];
}

function mailerOf(config: WorkerConfig): Mailer | null {
  if (config.SMTP_HOST === undefined) return null;
  return new Mailer({
    host: config.SMTP_HOST,
    port: config.SMTP_PORT,
    tlsMode: config.SMTP_TLS,
    user: config.SMTP_USER,
    password: config.SMTP_PASSWORD,
    from: config.SMTP_FROM,
    connectionsMax: config.SMTP_CONNECTIONS,
    timeoutMs: config.ALERTS_TIMEOUT_MS,
  });
}
