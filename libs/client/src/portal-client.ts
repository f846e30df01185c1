import createClient, { type Client } from 'openapi-fetch';
import { OPERATIONS } from './generated/operations.js';
import type { operations, paths } from './generated/schema.js';
import { ndjsonValues } from './ndjson.js';
import type { OperationDescription } from './operation-description.js';
import { PortalProblem } from './portal-problem.js';
import { type RetrySettings, retryingFetch } from './retrying-fetch.js';

/** Id of an operation, as the document names it: `createTenant`. */
export type OperationId = keyof operations & keyof typeof OPERATIONS;

type Parameters<Id extends OperationId> = operations[Id]['parameters'];
type Body<Id extends OperationId> = operations[Id] extends {
  requestBody: { content: { 'application/json': infer Shape } };
}
  ? { readonly body: Shape }
  : { readonly body?: undefined };
type Part<Name extends string, Shape> = [Shape] extends [undefined]
  ? { readonly [name in Name]?: undefined }
  : undefined extends Shape
    ? { readonly [name in Name]?: Shape }
    : { readonly [name in Name]: Shape };

/** What an operation is called with: path, query and body as the document has them. */
export type OperationInput<Id extends OperationId> = Part<'path', Parameters<Id>['path']> &
  Part<'query', Parameters<Id>['query']> &
  Body<Id> &
  CallOptions;

/** What goes beside an operation's own input. */
export interface CallOptions {
  /** Names this change, so that repeating it changes nothing again. Changes get one of their own when this is absent. */
  readonly idempotencyKey?: string;
  /** `ETag` that the change rests on; another version answers 412. */
  readonly ifMatch?: string;
  /** Where the operation takes `Prefer`: how long the answer may wait for what it describes, at most 60 seconds. */
  readonly waitSeconds?: number;
  readonly signal?: AbortSignal;
}

type Responses<Id extends OperationId> = operations[Id]['responses'];
type Success<Id extends OperationId> = Responses<Id>[keyof Responses<Id> & (200 | 201 | 202 | 204)];

/** What an operation answers with. */
export type OperationOutput<Id extends OperationId> =
  Success<Id> extends { content: { 'application/json': infer Shape } } ? Shape : string;

/** Operations that answer with a page. */
export type PagedOperationId = {
  [Id in OperationId]: OperationOutput<Id> extends { items: unknown[]; next: unknown } ? Id : never;
}[OperationId];

/** One entry of a page. */
export type PageItem<Id extends PagedOperationId> =
  OperationOutput<Id> extends { items: Array<infer Item> } ? Item : never;

/** Operations that stream NDJSON. */
export type StreamedOperationId = {
  [Id in OperationId]: Success<Id> extends { content: { 'application/x-ndjson': unknown } } ? Id : never;
}[OperationId];

/** Where the API is, and how it is called. */
export interface PortalClientSettings extends Partial<RetrySettings> {
  /** For example `http://127.0.0.1:4100`. */
  readonly url: string;
  /** Operator's token, service token or JWT; absent: public operations only. */
  readonly token?: string | undefined;
}

type Empty<Input> = Record<never, never> extends Input ? [input?: Input] : [input: Input];

/** The admin API, typed by its document. */
export interface PortalClient {
  /**
   * Calls an operation and resolves with the answer's body.
   *
   * @throws PortalProblem when the API refuses
   * @throws PortalUnreachable when nothing answers
   */
  call<Id extends OperationId>(id: Id, ...input: Empty<OperationInput<Id>>): Promise<OperationOutput<Id>>;
  /** Every page of a list, from the one that `query` names. */
  pages<Id extends PagedOperationId>(id: Id, ...input: Empty<OperationInput<Id>>): AsyncGenerator<OperationOutput<Id>>;
  /** Every entry of a list over all its pages. */
  items<Id extends PagedOperationId>(id: Id, ...input: Empty<OperationInput<Id>>): AsyncGenerator<PageItem<Id>>;
  /** Every line of an answer in NDJSON, as it arrives. */
  stream<Id extends StreamedOperationId>(
    id: Id,
    ...input: Empty<OperationInput<Id>>
  ): AsyncGenerator<Record<string, unknown>>;
  /** The same by name at run time, with the answer as it is: status and headers, body unread. Throws as `call` does. */
  raw(id: string, input?: RawInput): Promise<Response>;
  /** The client beneath, for calls by path: `http.GET('/v1/tenants')`. It throws as `call` does. */
  readonly http: Client<paths>;
}

/** Input of {@link PortalClient.raw}. */
export interface RawInput extends CallOptions {
  readonly path?: Readonly<Record<string, string>> | undefined;
  readonly query?: Readonly<Record<string, unknown>> | undefined;
  readonly body?: unknown;
  /** Media type to ask for. */
  readonly accept?: string;
}

/** Operations that take an Idempotency-Key, as `METHOD /path`. */
const KEYED: ReadonlySet<string> = new Set(
  (Object.values(OPERATIONS) as OperationDescription[])
    .filter(({ takesIdempotencyKey }) => takesIdempotencyKey)
    .map(({ method, path }) => `${method} ${path}`),
);

/** A client of the admin API at `url`. Opens nothing until it is used. */
export function createPortalClient(settings: PortalClientSettings): PortalClient {
  const url = settings.url.replace(/\/+$/, '');
  const http = createClient<paths>({
    baseUrl: url,
    fetch: retryingFetch({
      retriesMax: 4,
      timeoutMs: 120_000,
      backoffMsMax: 5_000,
      random: Math.random,
      sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
      fetch: (request) => globalThis.fetch(request),
      ...settings,
    }),
  });
  http.use({
    onRequest: ({ request, schemaPath }) => {
      if (settings.token !== undefined) request.headers.set('authorization', `Bearer ${settings.token}`);
      // Without a key, a change whose answer was lost could not be asked for again.
      if (KEYED.has(`${request.method} ${schemaPath}`) && !request.headers.has('idempotency-key')) {
        request.headers.set('idempotency-key', globalThis.crypto.randomUUID());
      }
      return request;
    },
    onResponse: async ({ response }) => {
      if (!response.ok) throw await PortalProblem.of(response, url);
    },
  });

  const raw = async (id: string, input: RawInput = {}): Promise<Response> => {
    const operation = operationOf(id);
    const { response } = await http.request(operation.method.toLowerCase() as 'get', operation.path as '/livez', {
      params: { path: input.path ?? {}, query: definedOf(input.query ?? {}) } as never,
      ...(input.body === undefined ? {} : { body: input.body as never }),
      ...(input.signal ? { signal: input.signal } : {}),
      headers: {
        ...(input.idempotencyKey === undefined ? {} : { 'idempotency-key': input.idempotencyKey }),
        ...(input.ifMatch === undefined ? {} : { 'if-match': input.ifMatch }),
        ...(input.waitSeconds === undefined ? {} : { prefer: `wait=${input.waitSeconds}` }),
        ...(input.accept === undefined ? {} : { accept: input.accept }),
      },
      parseAs: 'stream',
    });
    return response;
  };
  const read = async (id: string, input?: RawInput): Promise<unknown> => {
    const response = await raw(id, input);
    return response.headers.get('content-type')?.includes('json') ? response.json() : response.text();
  };
  async function* pages(id: string, input: RawInput = {}): AsyncGenerator<Page> {
    const parameter = operationOf(id).page ?? 'cursor';
    let query = input.query;
    for (;;) {
      const page = (await read(id, { ...input, query })) as Page;
      yield page;
      // A feed names a position also when nothing is left to read.
      if (page.next === null || page.items.length === 0) return;
      query = { ...query, [parameter]: page.next };
    }
  }
  async function* items(id: string, input?: RawInput): AsyncGenerator<unknown> {
    for await (const page of pages(id, input)) yield* page.items;
  }
  async function* stream(id: string, input: RawInput = {}): AsyncGenerator<Record<string, unknown>> {
    yield* ndjsonValues(await raw(id, { ...input, accept: 'application/x-ndjson' }));
  }
  // Types follow the document; at run time every operation is called alike.
  return { call: read, pages, items, stream, raw, http } as unknown as PortalClient;
}

/** The description of an operation. @throws RangeError when there is none of this name */
export function operationOf(id: string): OperationDescription {
  const found = Object.hasOwn(OPERATIONS, id) ? OPERATIONS[id as keyof typeof OPERATIONS] : undefined;
  if (!found) throw new RangeError(`The API has no operation ${id}.`);
  return found;
}

interface Page {
  readonly items: readonly unknown[];
  readonly next: string | null;
}

function definedOf(query: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined));
}
