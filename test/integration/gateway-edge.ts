import Fastify from 'fastify';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createChainCatalogue } from '#libs/chains';
import { type AnswerStyle, DEFAULT_FRAME_LIMITS, type ErrorReason, idBytes, resultBody } from '#libs/jsonrpc';
import { createLogger } from '#libs/telemetry';
import { PlainEdge } from '../../apps/gateway/src/edge/plain-edge.js';
import { Compression } from '../../apps/gateway/src/edge/compression.js';
import { RefusalPace } from '../../apps/gateway/src/edge/refusal-pace.js';
import { RelayPlugin } from '../../apps/gateway/src/edge/relay-plugin.js';
import type { Authoriser, Caller } from '../../apps/gateway/src/relay/authorise.js';
import type { CallServer } from '../../apps/gateway/src/relay/call-server.js';
import { FrameServer } from '../../apps/gateway/src/relay/frame-server.js';
import { refuse } from '../../apps/gateway/src/relay/refusal.js';
import { createRequestIds } from '../../apps/gateway/src/relay/request-id.js';
import { WebSocketEdge } from '../../apps/gateway/src/websocket/websocket-edge.js';

/** Refusals that are decided before a call is read. */
const BEFORE_THE_CALL: readonly ErrorReason[] = ['auth', 'policy', 'chain', 'suspended'];

/** The gateway's real edges, HTTP and WebSocket, before calls that end as the key in the URL says: `<style>.<reason>.<name>`. */
export interface Edge {
  readonly url: string;
  /** When each request with this key came, in milliseconds. */
  hits(key: string): readonly number[];
  /** Requests served by the plain edge so far. */
  plainRequests(): number;
  /** Connections that the plain edge holds now. */
  plainConnections(): number;
  close(): Promise<void>;
}

/** Starts the edges on a free port. A call with the reason `none` is answered with the name of its method. `plain: false` leaves plain requests to the HTTP server too. */
export async function startEdge(o: { readonly plain?: boolean; readonly holdMs?: number } = {}): Promise<Edge> {
  const chains = createChainCatalogue();
  const chain = chains.chainByAny('eth-mainnet')!;
  const logger = createLogger({ app: 'gateway', level: 'fatal' });
  const hits = new Map<string, number[]>();
  const reasonOf = (key: string): ErrorReason | 'none' => (key.split('.')[1] ?? 'none') as ErrorReason | 'none';
  const authoriser = {
    caller: (key: string | null) => {
      const text = key ?? '';
      const seen = hits.get(text) ?? [];
      hits.set(text, seen);
      seen.push(performance.now());
      const reason = reasonOf(text);
      if (reason !== 'none' && BEFORE_THE_CALL.includes(reason)) return refuse(reason);
      const endpoint = { endpointId: text, answerStyle: text.split('.')[0] as AnswerStyle, applications: [] };
      return { endpoint, chain } as unknown as Caller;
    },
  } as unknown as Authoriser;
  const calls = {
    call: async (...[caller, body, call]: Parameters<CallServer['call']>) => {
      await Promise.resolve();
      if (call.fault !== null) return { bytes: null, refusal: refuse('request', call.fault.message) };
      const reason = reasonOf(caller.endpoint.endpointId);
      if (reason !== 'none') return { bytes: null, refusal: refuse(reason) };
      return { bytes: resultBody(idBytes(body, call), JSON.stringify(call.method)), refusal: null };
    },
  } as unknown as CallServer;
  const requestId = createRequestIds();
  const docsUrl = 'http://gateway.test/docs/errors';
  const frames = new FrameServer({ calls, limits: DEFAULT_FRAME_LIMITS, batchConcurrency: 16, docsUrl });
  const bodyBytesMax = 2 * 1024 * 1024;
  const pace = new RefusalPace(o.holdMs);
  const compression = new Compression({ enabled: true, requestBytesMax: bodyBytesMax });
  const plugin = new RelayPlugin({
    authoriser,
    frames,
    calls,
    limiter: { standing: () => null } as never,
    chains,
    logger,
    requestId,
    docsUrl,
    publicUrl: null,
    bodyBytesMax,
    pace,
    compression,
    stopping: () => false,
  });
  const fastify = Fastify({ bodyLimit: bodyBytesMax, routerOptions: { maxParamLength: 2_048 } });
  await fastify.register((scope) => plugin.register(scope));
  const websockets = new WebSocketEdge({
    authoriser,
    frames,
    logger,
    requestId,
    docsUrl,
    frameBytesMax: bodyBytesMax,
    connectionsMax: 100,
    hub: { subscribe: () => Promise.resolve(refuse('method')) },
  });
  websockets.attach(fastify.server as Server);
  const plain = new PlainEdge({
    authoriser,
    frames,
    limiter: { standing: () => null } as never,
    logger,
    pace,
    compression,
    requestId,
    bodyBytesMax,
    keepAliveMs: 72_000,
    stopping: () => false,
  });
  if (o.plain !== false) plain.attach(fastify.server as Server);
  await fastify.listen({ port: 0, host: '127.0.0.1' });
  return {
    url: `http://127.0.0.1:${(fastify.server.address() as AddressInfo).port}`,
    hits: (key) => hits.get(key) ?? [],
    plainRequests: () => plain.requests,
    plainConnections: () => plain.connections,
    close: async () => {
      await websockets.close(100);
      plain.closeIdle();
      await fastify.close();
    },
  };
}
