import { HttpCode, SerializeOptions, applyDecorators } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiResponse } from '@nestjs/swagger';
import type { z } from 'zod';

/** How a route is documented and what it answers with. */
export interface Documentation {
  /** One line for the list of routes. */
  readonly summary: string;
  readonly description?: string;
  /** Status of success; default 200. */
  readonly status?: 200 | 201 | 202;
  /** Shape of success: the answer is checked against it, and fields it does not name never leave. */
  readonly schema: z.ZodType;
  /** Takes an `Idempotency-Key`. */
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
  if (documentation.mutation) for (const refused of [400, 409]) problems.add(refused);
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
      : ApiResponse({ status, description: 'Success', standardSchema: schema }),
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
        ]
      : []),
  );
}
