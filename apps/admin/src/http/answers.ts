import { HttpCode, SerializeOptions, UseInterceptors, applyDecorators } from '@nestjs/common';
import { ApiExtension, ApiHeader, ApiOperation, ApiResponse } from '@nestjs/swagger';
import { z } from 'zod';
import { version } from '../schemas/common.js';
import { EntityTagInterceptor } from './entity-tag.interceptor.js';
import { PROBLEMS, type ProblemCode, problemBody, problemWords } from './problem.js';

/** How a route is documented and what it answers with. */
export interface Documentation {
  /** One line for the list of routes. */
  readonly summary: string;
  readonly description?: string;
  /** Status of success; default 200. */
  readonly status?: 200 | 201 | 202;
  /**
   * Shape of success: the answer is checked against it, and fields it does not name never leave. One with `version` of
   * `schemas/common.ts` gives the answer an `ETag`.
   */
  readonly schema: z.ZodType;
  /** Takes an `Idempotency-Key` and `If-Match`. */
  readonly mutation?: boolean;
  /** Takes `Prefer: wait=<seconds>`; says what is waited for. */
  readonly prefersWait?: string;
  /** Problems beyond 401 and 403, which every route may answer with: a status for its usual code, or the code itself. */
  readonly problems?: ReadonlyArray<number | ProblemCode>;
  /** Media type of success; default JSON. */
  readonly mediaType?: 'text/html';
  /** The same content in other media types, as text, each with an example. */
  readonly streams?: Readonly<Record<string, string>>;
  /** No token needed. */
  readonly isPublic?: boolean;
}

/** Where an operation keeps {@link Documentation.streams} until the document puts them at the answer. */
export const STREAMS_EXTENSION = 'x-streams';

/** The code that a status stands for where a route names the status alone. */
const USUAL_CODES: Readonly<Record<number, ProblemCode>> = {
  400: 'invalid',
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not-found',
  409: 'idempotency-key-reused',
  500: 'internal',
  503: 'unavailable',
};

/** Documents a route and filters its answer by the same schema. */
export function Answers(documentation: Documentation): MethodDecorator {
  const { summary, description, schema, status = 200, isPublic = false, mediaType, streams = {} } = documentation;
  const named = [...(documentation.problems ?? []), 500, ...(isPublic ? [] : [401, 403])];
  // What may be missing is named in the path, and the name may be none.
  if (named.includes(404) || named.includes('not-found')) named.push(400);
  if (documentation.mutation) named.push(400, 'idempotency-key-reused', 'version-changed', 413, 415);
  const text = { type: 'string' } as const;
  const isVersioned = schema instanceof z.ZodObject && schema.shape['version'] === version;
  return applyDecorators(
    HttpCode(status),
    SerializeOptions({ schema }),
    ApiOperation({ summary, ...(description ? { description } : {}), ...(isPublic ? { security: [] } : {}) }),
    mediaType
      ? ApiResponse({
          status,
          description: 'Success',
          content: { [mediaType]: { schema: text, example: '<!doctype html>…' } },
        })
      : ApiResponse({
          status,
          description: 'Success',
          standardSchema: schema,
          ...(isVersioned ? { headers: { ETag: ENTITY_TAG } } : {}),
        }),
    ...(isVersioned ? [UseInterceptors(EntityTagInterceptor)] : []),
    ...(Object.keys(streams).length > 0 ? [ApiExtension(STREAMS_EXTENSION, streams)] : []),
    ...problemAnswers(named),
    ...(documentation.mutation ? [IDEMPOTENCY_KEY, IF_MATCH] : []),
    ...(documentation.prefersWait ? [preferHeader(documentation.prefersWait)] : []),
  );
}

const IDEMPOTENCY_KEY = ApiHeader({
  name: 'Idempotency-Key',
  required: false,
  description: 'Repeating a request with the same key within 24 hours gives the same answer and changes nothing again.',
  schema: {
    type: 'string',
    minLength: 1,
    maxLength: 255,
    pattern: '^[\\x21-\\x7e]{1,255}$',
    examples: ['onboard-acme-2026-11-20'],
  } as object,
});

const IF_MATCH = ApiHeader({
  name: 'If-Match',
  required: false,
  description:
    'The ETag that was read, or several: the change happens only while the thing is still at one of them, else 412. ' +
    '* asks for no version. A request repeated with its Idempotency-Key gets its answer whatever happened since.',
  schema: { type: 'string', maxLength: 1024, examples: ['"3"'] } as object,
});

function preferHeader(until: string): MethodDecorator {
  return ApiHeader({
    name: 'Prefer',
    required: false,
    description: `\`wait=<seconds>\` (RFC 7240), at most 60: the answer comes once ${until}, or when the time is over.`,
    schema: { type: 'string', maxLength: 100, examples: ['wait=30'] } as object,
  });
}

/** One documented answer a status, with every code that it may carry. */
function problemAnswers(named: ReadonlyArray<number | ProblemCode>): MethodDecorator[] {
  const byStatus = new Map<number, Set<ProblemCode>>();
  for (const one of named) {
    const code = typeof one === 'number' ? usualCode(one) : one;
    const [status] = PROBLEMS[code];
    byStatus.set(status, (byStatus.get(status) ?? new Set()).add(code));
  }
  return [...byStatus]
    .toSorted(([left], [right]) => left - right)
    .map(([status, codes]) =>
      ApiResponse({
        status,
        description: [...codes].map((code) => `\`${code}\`: ${problemWords(code).happened}`).join('\n\n'),
        content: {
          'application/problem+json': {
            schema: { $ref: '#/components/schemas/Problem' },
            examples: Object.fromEntries([...codes].map((code) => [code, { value: exampleProblem(code) }])),
          },
        },
      }),
    );
}

function usualCode(status: number): ProblemCode {
  const found =
    USUAL_CODES[status] ?? (Object.keys(PROBLEMS) as ProblemCode[]).find((code) => PROBLEMS[code][0] === status);
  if (!found) throw new Error(`No problem code has the status ${status}.`);
  return found;
}

/** What a problem with this code looks like. */
export function exampleProblem(code: ProblemCode): ReturnType<typeof problemBody> {
  const errors = [{ path: 'name', message: 'Invalid input: expected string, received undefined' }];
  return problemBody(
    code,
    problemWords(code).happened,
    '3f0c8a52b1d94e0f8f7a2f1f64f0a7c1',
    code === 'invalid' ? { errors } : {},
  );
}

const ENTITY_TAG = {
  description: 'Strong entity tag: `version` in quotes. Send it as If-Match with a change that rests on what was read.',
  schema: { type: 'string' as const, examples: ['"3"'] },
};
