import { type DynamicModule, Inject, Module, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';
import type { Logger } from '#libs/telemetry';
import type { Registry } from 'prom-client';
import type { DevnetConfig } from './config.js';
import { StatusReader } from './devnet-status.js';
import { Network } from './network.js';
import { clientRoutes } from './rpc/client-routes.js';
import { devnetPlugin } from './rpc/devnet-plugin.js';
import { queryRoutes } from './rpc/query-routes.js';
import { rpcPlugin } from './rpc/rpc-plugin.js';

/** What the module is made of. */
export interface DevnetParts {
  readonly config: DevnetConfig;
  readonly logger: Logger;
  readonly registry: Registry;
}

const PARTS = Symbol('devnet parts');

/** Brings the network up with the application and takes it down with it. */
export class DevnetLifecycle implements OnModuleInit, OnApplicationShutdown {
  #network: Network | null = null;
  #stopping = false;

  constructor(
    @Inject(PARTS) private readonly parts: DevnetParts,
    @Inject(HttpAdapterHost) private readonly adapterHost: HttpAdapterHost,
  ) {}

  /** The running network; only after the application has been initialised. */
  get network(): Network {
    if (this.#network === null) throw new Error('the network has not been started');
    return this.#network;
  }

  async onModuleInit(): Promise<void> {
    const { config, logger, registry } = this.parts;
    const network = await Network.start(config, logger, registry);
    this.#network = network;
    const fastify = this.adapterHost.httpAdapter.getInstance<FastifyInstance>();
    const height = (): number => network.view.height;
    const status = new StatusReader({
      ledger: network.ledger,
      oracle: network.oracle,
      totals: network.totals,
      nodes: network.nodes.map((node) => ({
        publicKeyHex: node.key.publicKeyHex,
        serviceUrl: network.serviceUrl(node.index),
      })),
      blockTimeMs: config.BLOCK_TIME_MS,
      view: () => network.view,
      blockFailures: () => network.blockFailures,
    });
    await fastify.register(rpcPlugin, {
      queries: queryRoutes({ ledger: network.ledger, height }),
      clients: clientRoutes({ ledger: network.ledger, view: () => network.view, nodes: network.nodes }),
      logger,
    });
    await fastify.register(devnetPlugin, {
      status,
      oracle: network.oracle,
      faults: network.faults,
      nodeCount: network.nodes.length,
      produceBlocks: (count: number) => network.produceBlocks(count),
    });
    fastify.get('/livez', () => ({ status: 'ok' }));
    fastify.get('/readyz', (_request, reply) =>
      this.#stopping
        ? reply.code(503).send({ status: 'stopping' })
        : { status: 'ok', height: height(), blockFailures: network.blockFailures },
    );
  }

  /** From here on `/readyz` answers 503. */
  beginStopping(): void {
    this.#stopping = true;
  }

  async onApplicationShutdown(): Promise<void> {
    await this.#network?.stop();
  }
}

/** The devnet as a Nest application: lifecycle and nothing else; routes are plain Fastify plugins. */
@Module({})
export class DevnetModule {
  static register(parts: DevnetParts): DynamicModule {
    return {
      module: DevnetModule,
      providers: [{ provide: PARTS, useValue: parts }, DevnetLifecycle],
      exports: [DevnetLifecycle],
    };
  }
}
