import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { parseConfig } from '#libs/config';
import type { LedgerPort } from '#libs/ledger';
import { createLogger } from '#libs/telemetry';
import type { OpenAPIObject } from '@nestjs/swagger';
import { AdminModule } from '../../apps/admin/src/admin.module.js';
import { adminEnvironment } from '../../apps/admin/src/config.js';
import { describeApi } from '../../apps/admin/src/openapi/document.js';

/** Fits every variable without a default; nothing is connected to. */
const NOWHERE: Readonly<Record<string, string>> = {
  DATABASE_URL: 'postgres://nobody@127.0.0.1:9/none',
  REDIS_URL: 'redis://127.0.0.1:9',
  POCKET_RPC_URLS: 'http://127.0.0.1:9',
  ADMIN_TOKEN: '0'.repeat(64),
  API_KEY_PEPPER: '0'.repeat(64),
  APPLICATION_KEYS_KEK: '0'.repeat(64),
  GATEWAY_CLIENT_PUBLIC_KEY: '0'.repeat(64),
};

/**
 * The document of the admin API as this version of the source has it, without a database or any other service. Providers are not made
 * (Nest's preview mode): routes and schemas are all that a document takes.
 *
 * @param treasuryPrivateKeyHex any valid key; it signs nothing
 */
export async function documentOfSource(treasuryPrivateKeyHex: string): Promise<OpenAPIObject> {
  const config = parseConfig(adminEnvironment, { ...NOWHERE, TREASURY_PRIVATE_KEY: treasuryPrivateKeyHex });
  const logger = createLogger({ app: 'admin', level: 'fatal' });
  const module = AdminModule.forRoot(config, logger, {} as LedgerPort);
  const app = await NestFactory.create<NestFastifyApplication>(module, new FastifyAdapter(), {
    preview: true,
    logger: false,
    abortOnError: false,
  });
  return describeApi(app).document;
}
