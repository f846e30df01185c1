import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type ChainCatalogue, isRestKind } from '#libs/chains';
import { errorStatus } from '#libs/jsonrpc';
import type { DailyLimiter } from '#libs/quota';
import type { Logger } from '#libs/telemetry';
import { type Authoriser, type Caller, isRefusal } from '../relay/authorise.js';
import type { CallServer } from '../relay/call-server.js';
import type { CallStories } from '../relay/call-stories.js';
import type { FrameReply, FrameServer } from '../relay/frame-server.js';
import { type Refusal, refuse } from '../relay/refusal.js';
import type { Coding, Compression } from './compression.js';
import { errorReferenceJson, errorReferencePage } from './error-reference.js';
import { type EndpointNotice, explainEndpoint, explanationPage } from './explain-endpoint.js';
import type { RefusalPace } from './refusal-pace.js';
import { readTarget } from './relay-target.js';
import { isRpcAtRoot, restIntent } from './rest-request.js';
import { COMMON_HEADERS, preflightHeaders, rateLimitOf } from './response-headers.js';

export interface RelayPluginOptions {
  readonly authoriser: Authoriser;
  readonly frames: FrameServer;
  readonly calls: CallServer;
  readonly limiter: DailyLimiter;
  readonly chains: ChainCatalogue;
  readonly logger: Logger;
  readonly requestId: () => string;
  readonly docsUrl: string;
  /** Origin that stands in explanations; null: what the caller's Host header says. */
  readonly publicUrl: string | null;
  readonly bodyBytesMax: number;
  /** Holds answers that ask callers to slow down. */
  readonly pace: RefusalPace;
  /** Codes answers and decodes requests. */
  readonly compression: Compression;
  /** True from the moment a stop was asked for: connections are not kept, so that clients move on in an orderly way. */
  readonly stopping: () => boolean;
  readonly now?: () => number;
  readonly stories?: Pick<CallStories, 'refused'>;
  /** Notices in force for a chain, for the endpoint's page. */
  readonly notices?: (chainId: string) => readonly EndpointNotice[];
  /** The id of a notice that answers of this chain carry; null: none. */
  readonly noticeHeader?: (chainId: string) => string | null;
}

/** Bounds of a request's head (wire contract, "Limits"). */
const URL_CHARS_MAX = 2_048;
const HEADERS_MAX = 100;
const JSON_TYPE = 'application/json; charset=utf-8';
/** Answers up to this size are copied to leave in one write with their head. */
const ONE_PIECE_BYTES_MAX = 16_384;
const COMMON_HEADER_LIST: readonly string[] = Object.entries(COMMON_HEADERS).flat();
const HTML_TYPE = 'text/html; charset=utf-8';

/**
 * The relay path as one encapsulated Fastify scope with its own body parser: no guards, pipes or interceptors, and no
 * JSON parsing. Everything it refuses is a JSON-RPC body.
 */
export class RelayPlugin {
  readonly #now: () => number;

  constructor(private readonly o: RelayPluginOptions) {
    this.#now = o.now ?? Date.now;
  }

  /** Registers the routes; call it once, before the server is ready. */
  async register(scope: FastifyInstance): Promise<void> {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: this.o.bodyBytesMax }, (_request, body, done) =>
      done(null, body),
    );
    scope.setErrorHandler((error, request, reply) =>
      this.#failed(error as Error & { code?: string; statusCode?: number }, request, reply),
    );
    scope.get('/v1/chains', (_request, reply) => this.#chains(reply));
    scope.get('/docs/errors', (request, reply) =>
      this.#document(request, reply, errorReferenceJson(), errorReferencePage),
    );
    scope.options('/v1/*', (request, reply) => this.#preflight(request, reply));
    scope.post('/v1/*', (request, reply) => this.#post(request, reply));
    scope.get('/v1/*', (request, reply) => this.#get(request, reply));
    scope.route({
      method: ['PUT', 'PATCH', 'DELETE'],
      url: '/v1/*',
      handler: (request, reply) =>
        this.#refuse(
          reply,
          refuse('request', `Send POST requests, not ${request.method}.`, undefined, 405),
          this.o.requestId(),
        ),
    });
    for (const url of ['/', '/v1']) {
      scope.post(url, (request, reply) =>
        this.#refuse(reply, refuse('auth', 'The URL names no endpoint. Write /v1/<key>/<chain>.'), this.o.requestId()),
      );
    }
    await Promise.resolve();
  }

  async #post(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const requestId = this.o.requestId();
    const found = this.#caller(request);
    const { caller, rest } = found instanceof Promise ? await found : found;
    const sent = Buffer.isBuffer(request.body) ? request.body : EMPTY;
    if (isRefusal(caller)) return this.#refuse(reply, caller, requestId, null, sent);
    const sentAs = request.headers['content-encoding'];
    const inflated = sentAs === undefined ? sent : this.o.compression.inflate(sent, sentAs);
    const body = inflated instanceof Promise ? await inflated : inflated;
    if (!Buffer.isBuffer(body)) return this.#refuse(reply, body, requestId, caller);
    const { kind } = caller.chain;
    if (isRestKind(kind) && !isRpcAtRoot(kind, rest)) {
      return this.#rest(request, reply, caller, rest, requestId, body);
    }
    const served = this.o.frames.serve(caller, body, requestId);
    const answer = served instanceof Promise ? await served : served;
    if (answer.brief !== undefined) reply.raw.setHeader('x-portal-explain', answer.brief);
    if (answer.bytes === null) {
      this.#head(reply, requestId, caller);
      reply.code(answer.status).send();
      return;
    }
    const { status, bytes, reason } = answer;
    if (status !== 429 && status < 502) {
      const encoded = this.o.compression.encode(bytes, request.headers['accept-encoding']);
      if (encoded === null) return this.#answer(reply, requestId, caller, status, bytes, reason);
      const coded = await encoded;
      return this.#answer(reply, requestId, caller, status, coded?.bytes ?? bytes, reason, coded?.coding);
    }
    reply.hijack();
    this.o.pace.hold(() => this.#answer(reply, requestId, caller, status, bytes, reason));
  }

  /**
   * Writes an answer past Fastify's reply, which has nothing to add to it: the head as one list and, while it is small, head and
   * body as one piece. That is a tenth of what a relay costs.
   */
  #answer(
    reply: FastifyReply,
    requestId: string,
    caller: Caller,
    status: number,
    bytes: Buffer,
    reason: FrameReply['reason'],
    coding?: Coding,
  ): void {
    const { limit, remaining, resetSeconds } = rateLimitOf(caller, this.o.limiter, this.#now());
    const head = [
      ...COMMON_HEADER_LIST,
      'x-request-id',
      requestId,
      'ratelimit-limit',
      limit,
      'ratelimit-remaining',
      remaining,
      'ratelimit-reset',
      resetSeconds,
      'content-type',
      JSON_TYPE,
      'content-length',
      String(bytes.length),
    ];
    if (coding !== undefined) head.push('content-encoding', coding);
    if (coding !== undefined || this.o.compression.varies(bytes.length)) head.push('vary', 'Accept-Encoding');
    if (this.o.stopping()) head.push('connection', 'close');
    const notice = this.o.noticeHeader?.(caller.chain.id) ?? null;
    if (notice !== null) head.push('x-portal-notice', notice);
    if (reason === 'rate' || reason === 'busy') {
      // An HTTP-date: ethers takes a plain number for milliseconds and hammers.
      head.push('retry-after', new Date(this.#now() + 2_000).toUTCString());
    }
    reply.hijack();
    const { raw } = reply;
    if (raw.destroyed) return;
    raw.writeHead(status, head);
    // Latin-1 carries any bytes unchanged, and Node sends a text in the same write as the head.
    if (bytes.length <= ONE_PIECE_BYTES_MAX) raw.end(bytes.toString('latin1'), 'latin1');
    else raw.end(bytes);
  }

  async #get(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const requestId = this.o.requestId();
    const found = this.#caller(request);
    const { caller, rest } = found instanceof Promise ? await found : found;
    if (isRefusal(caller)) return this.#refuse(reply, caller, requestId);
    if (isRestKind(caller.chain.kind) && rest !== '') return this.#rest(request, reply, caller, rest, requestId);
    const origin = this.o.publicUrl ?? `http://${request.headers.host ?? 'localhost'}`;
    const path = (request.raw.url ?? '').split('?')[0] ?? '';
    const explanation = explainEndpoint(
      `${origin}${path.replace(/\/+$/, '')}`,
      caller.chain,
      this.o.docsUrl,
      this.o.notices?.(caller.chain.id),
    );
    this.#head(reply, requestId, caller);
    reply.header('vary', 'Accept');
    this.#document(request, reply, JSON.stringify(explanation), () => explanationPage(explanation));
  }

  async #rest(
    request: FastifyRequest,
    reply: FastifyReply,
    caller: Caller,
    rest: string,
    requestId: string,
    body: Buffer = EMPTY,
  ): Promise<void> {
    const intent = restIntent(request.method, rest, request.headers, body);
    if ('reason' in intent) return this.#refuse(reply, intent, requestId, caller, EMPTY);
    const end = await this.o.calls.rest(caller, intent, requestId);
    if (end.brief !== undefined) reply.raw.setHeader('x-portal-explain', end.brief);
    if (end.refusal !== null) return this.#refuse(reply, end.refusal, requestId, caller, EMPTY, false);
    this.#head(reply, requestId, caller);
    const first = end.bytes[0];
    reply.header('content-type', first === 0x7b || first === 0x5b ? JSON_TYPE : 'text/plain; charset=utf-8');
    const coded = await this.o.compression.encode(end.bytes, request.headers['accept-encoding']);
    if (this.o.compression.varies(end.bytes.length)) reply.header('vary', 'Accept-Encoding');
    if (coded !== null) reply.header('content-encoding', coded.coding);
    reply.code(200).send(coded?.bytes ?? end.bytes);
  }

  /** Checks the head, then key and chain. */
  #caller(request: FastifyRequest): Found | Promise<Found> {
    const url = request.raw.url ?? '';
    if (url.length > URL_CHARS_MAX) {
      return {
        caller: refuse('size', `The URL is longer than ${URL_CHARS_MAX} characters.`, { limit: URL_CHARS_MAX }, 414),
        rest: '',
      };
    }
    if (request.raw.rawHeaders.length > HEADERS_MAX * 2) {
      return {
        caller: refuse('size', `A request may have ${HEADERS_MAX} headers.`, { limit: HEADERS_MAX }, 431),
        rest: '',
      };
    }
    const target = readTarget(url, request.headers);
    if (target === null)
      return { caller: refuse('auth', 'The URL names no endpoint. Write /v1/<key>/<chain>.'), rest: '' };
    const caller = this.o.authoriser.caller(target.key, target.chain, request.raw);
    if (caller instanceof Promise) return caller.then((known) => ({ caller: known, rest: target.rest }));
    return { caller, rest: target.rest };
  }

  #head(reply: FastifyReply, requestId: string, caller: Caller | null): void {
    reply.headers(COMMON_HEADERS);
    reply.header('x-request-id', requestId);
    if (this.o.stopping()) reply.header('connection', 'close');
    if (caller === null) return;
    const { limit, remaining, resetSeconds } = rateLimitOf(caller, this.o.limiter, this.#now());
    reply.header('ratelimit-limit', limit);
    reply.header('ratelimit-remaining', remaining);
    reply.header('ratelimit-reset', resetSeconds);
  }

  /** Refuses a whole request; `body` gives the callers' ids where it is JSON-RPC. */
  #refuse(
    reply: FastifyReply,
    refusal: Refusal,
    requestId: string,
    caller: Caller | null = null,
    body: Buffer = EMPTY,
    isUntold = true,
  ): void {
    if (isUntold) this.o.stories?.refused(refusal, requestId, caller);
    this.#head(reply, requestId, caller);
    const style = caller?.endpoint.answerStyle ?? 'wallet';
    reply.header('content-type', JSON_TYPE);
    reply
      .code(refusal.status ?? errorStatus(refusal.reason, style, false))
      .send(this.o.frames.refuse(refusal, body, requestId));
  }

  #preflight(request: FastifyRequest, reply: FastifyReply): void {
    reply.headers(preflightHeaders(request.headers['access-control-request-headers']));
    reply.header('x-request-id', this.o.requestId());
    reply.code(204).send();
  }

  #chains(reply: FastifyReply): void {
    reply.headers({ ...COMMON_HEADERS, 'cache-control': 'public, max-age=300' });
    reply.header('x-request-id', this.o.requestId());
    reply.header('content-type', JSON_TYPE);
    reply.send(JSON.stringify({ chains: this.o.chains.all }));
  }

  #document(request: FastifyRequest, reply: FastifyReply, json: string, html: () => string): void {
    const wantsHtml = /\btext\/html\b/i.test(request.headers.accept ?? '');
    if (!reply.hasHeader('x-request-id')) reply.headers(COMMON_HEADERS).header('x-request-id', this.o.requestId());
    if (wantsHtml) {
      reply.header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'");
      reply.header('content-type', HTML_TYPE);
      reply.send(html());
    } else {
      reply.header('content-type', JSON_TYPE);
      reply.send(json);
    }
  }

  #failed(error: Error & { code?: string; statusCode?: number }, request: FastifyRequest, reply: FastifyReply): void {
    const requestId = this.o.requestId();
    if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE') {
      const limit = this.o.bodyBytesMax;
      this.#refuse(
        reply,
        refuse('size', `The body is larger than ${limit} bytes. Send less in one request.`, { limit }),
        requestId,
      );
      return;
    }
    if (error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500) {
      this.#refuse(
        reply,
        refuse('request', `The HTTP request is not usable: ${error.message}.`, undefined, error.statusCode),
        requestId,
      );
      return;
    }
    this.o.logger.error({ err: error, requestId, httpMethod: request.method }, 'a request failed inside');
    this.#refuse(reply, refuse('internal'), requestId);
  }
}

interface Found {
  readonly caller: Caller | Refusal;
  readonly rest: string;
}

const EMPTY = Buffer.alloc(0);
