import { createHash } from 'node:crypto';
import { type ExecutionContext, createParamDecorator } from '@nestjs/common';
import type { Principal } from '#libs/auth';
import type { IfMatch, MutationContext } from '#libs/tenancy';
import type { FastifyRequest } from 'fastify';
import { ProblemError } from './problem.js';

/** Who changes something, under which `Idempotency-Key` and `If-Match`, in a handler's parameters. */
export const Mutation = createParamDecorator((_data: unknown, context: ExecutionContext): MutationContext => {
  const request = context.switchToHttp().getRequest<FastifyRequest & { user: Principal }>();
  const key = request.headers['idempotency-key'];
  const ifMatch = ifMatchOf(request.headers['if-match']);
  const who = { actor: request.user.actor, requestId: request.id, ...(ifMatch === null ? {} : { ifMatch }) };
  if (key === undefined) return who;
  if (typeof key !== 'string' || !/^[\x21-\x7e]{1,255}$/.test(key)) {
    throw new ProblemError('invalid', 'An Idempotency-Key has 1 to 255 visible ASCII characters.');
  }
  // Callers put anything into it, orders and addresses for example, so only its hash is kept.
  const hash = createHash('sha256').update(key).digest('base64url');
  return { ...who, idempotency: { key: hash, requestHash: requestHash(request) } };
});

/** The entity tags of an `If-Match` header. Weak ones are kept as they are: they equal no strong one. */
function ifMatchOf(header: string | undefined): IfMatch | null {
  if (header === undefined) return null;
  if (header.trim() === '*') return '*';
  const tags = header.split(',').map((tag) => tag.trim());
  if (header.length > 1_024 || !tags.every((tag) => /^(W\/)?"[\x21\x23-\x7e]*"$/.test(tag))) {
    throw new ProblemError('invalid', 'If-Match is *, or entity tags in quotes with commas between them.');
  }
  return tags;
}

/** SHA-256 of what was asked: method, path, and the query and the body with their fields in order. */
function requestHash(request: FastifyRequest): Buffer {
  const [path = '', query = ''] = request.url.split('?', 2);
  const asked = new URLSearchParams(query);
  asked.sort();
  const body = JSON.stringify(request.body ?? null, (_name, value: unknown) => sorted(value));
  return createHash('sha256')
    .update(`${request.method}\n${path}\n${String(asked)}\n${body}`)
    .digest();
}

function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([left], [right]) => (left < right ? -1 : 1)));
}
