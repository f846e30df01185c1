import { HttpCode, SerializeOptions, UseInterceptors, applyDecorators } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiResponse } from '@nestjs/swagger';
import { z } from 'zod';
import { version } from '../schemas/common.js';
import { EntityTagInterceptor } from './entity-tag.interceptor.js';

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
  /** Problem statuses beyond 401 and 403, which every route may answer with. */
  readonly problems?: readonly number[];
  /** Media type of success; default JSON. */
  readonly mediaType?: 'text/html';
  /** No token needed. */
  readonly isPublic?: boolean;
}

/** Documents a route and filters its answer by the same schema. */
export function Answers(documentation: Documentation): MethodDecorator {
  const { summary, description, schema, status = 200, isPublic = false } = documentation;
  const problems = new Set([...(isPublic ? [] : [401, 403]), ...(documentation.problems ?? []), 500]);
  if (documentation.mutation) for (const refused of [400, 409, 412]) problems.add(refused);
  const isVersioned = schema instanceof z.ZodObject && schema.shape['version'] === version;
  return applyDecorators(
    HttpCode(status),
    SerializeOptions({ schema }),
    ApiOperation({ summary, ...(description ? { description } : {}), ...(isPublic ? { security: [] } : {}) }),
    documentation.mediaType
      ? ApiResponse({
          status,
          description: 'Success',
          content: { [documentation.mediaType]: { schema: { type: 'string' } } },
        })
      : ApiResponse({
          status,
          description: 'Success',
          standardSchema: schema,
          ...(isVersioned ? { headers: { ETag: ENTITY_TAG } } : {}),
        }),
    ...(isVersioned ? [UseInterceptors(EntityTagInterceptor)] : []),
    ...[...problems]
      .toSorted((left, right) => left - right)
      .map((problem) =>
        ApiResponse({
          status: problem,
          description: 'Problem (RFC 9457)',
          content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
        }),
      ),
    ...(documentation.mutation
      ? [
          ApiHeader({
            name: 'Idempotency-Key',
            required: false,
            description:
              'Repeating a request with the same key within 24 hours gives the same answer and changes nothing again.',
            schema: { type: 'string', maxLength: 255 },
          }),
          ApiHeader({
            name: 'If-Match',
            required: false,
            description:
              'The ETag that was read, or several: the change happens only while the thing is still at one of them, else 412. ' +
              '* asks for no version. A request repeated with its Idempotency-Key gets its answer whatever happened since.',
            schema: { type: 'string', maxLength: 1024 },
          }),
        ]
      : []),
  );
}

const ENTITY_TAG = {
  description: 'Strong entity tag: `version` in quotes. Send it as If-Match with a change that rests on what was read.',
  schema: { type: 'string' as const, examples: ['"3"'] },
};
