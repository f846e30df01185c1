import { type IncomingMessage, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Gauge, Registry, collectDefaultMetrics } from 'prom-client';

/** The running metrics listener of a process. */
export interface MetricsServer {
  readonly host: string;
  /** The port in use, also when 0 was asked for. */
  readonly port: number;
  close(): Promise<void>;
}

/** A registry with the process metrics and `build_info`; the app adds its own in base units with `_total` on counters. */
export function createMetrics(settings: { readonly app: string; readonly version?: string }): Registry {
  const registry = new Registry();
  registry.setDefaultLabels({ app: settings.app });
  collectDefaultMetrics({ register: registry });
  new Gauge({
    name: 'build_info',
    help: 'Always 1; the labels say what runs.',
    labelNames: ['version', 'node'],
    registers: [registry],
  }).set({ version: settings.version ?? '0.1.0', node: process.versions.node }, 1);
  return registry;
}

/**
 * Serves `GET /metrics` on a port of its own, so that neither tenants nor a relay flood reach it.
 * `routes` adds plain GET answers, such as an app's `/livez` and `/readyz` where it has no other listener.
 * Rejects when the port is taken.
 */
export function serveMetrics(
  registry: Registry,
  settings: {
    readonly host: string;
    readonly port: number;
    readonly routes?: Readonly<
      Record<string, () => Promise<{ status: number; body: object }> | { status: number; body: object }>
    >;
  },
): Promise<MetricsServer> {
  const server = createServer((request, response) => {
    void answer(registry, settings.routes ?? {}, request, response);
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(settings.port, settings.host, () => {
      server.removeListener('error', reject);
      resolve({
        host: settings.host,
        port: (server.address() as AddressInfo).port,
        close: () =>
          new Promise((closed) => {
            server.close(() => closed());
            server.closeAllConnections();
          }),
      });
    });
  });
}

async function answer(
  registry: Registry,
  routes: Readonly<Record<string, () => Promise<{ status: number; body: object }> | { status: number; body: object }>>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const path = (request.url ?? '/').split('?')[0] ?? '/';
  try {
    if (request.method !== 'GET') {
      response.writeHead(405, { allow: 'GET' }).end();
    } else if (path === '/metrics') {
      response.writeHead(200, { 'content-type': registry.contentType }).end(await registry.metrics());
    } else if (Object.hasOwn(routes, path)) {
      const reply = await routes[path]!();
      response.writeHead(reply.status, { 'content-type': 'application/json' }).end(JSON.stringify(reply.body));
    } else {
      response.writeHead(404).end();
    }
  } catch {
    if (!response.headersSent) response.writeHead(500);
    response.end();
  }
}
