import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException } from '@nestjs/common';
import { AlertError } from '#libs/alerts';
import { LedgerAnswerError, LedgerRefusedError, LedgerUnreachableError } from '#libs/ledger';
import { OperationsError } from '#libs/operations';
import type { Logger } from '#libs/telemetry';
import { TenancyError } from '#libs/tenancy';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type ProblemCode, ProblemError, problemBody } from './problem.js';

interface Finding {
  readonly code: ProblemCode;
  readonly detail: string;
  readonly details?: Readonly<Record<string, unknown>>;
}

const BY_STATUS: Readonly<Record<number, ProblemCode>> = {
  400: 'invalid',
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not-found',
  405: 'method-not-allowed',
  413: 'too-large',
  415: 'media-type',
  503: 'unavailable',
};

/** Turns whatever a route threw into a problem (RFC 9457). Faults of ours are logged and say nothing of their cause. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly logger: Logger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const [request, reply] = [http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>()];
    const finding = findingOf(error);
    if (finding.code === 'internal') {
      this.logger.error({ err: error, requestId: request.id, route: request.routeOptions?.url }, 'a request failed');
    }
    if (finding.code === 'unauthenticated') void reply.header('www-authenticate', 'Bearer');
    if (typeof finding.details?.['etag'] === 'string') void reply.header('etag', finding.details['etag']);
    const body = problemBody(finding.code, finding.detail, request.id, finding.details);
    void reply.status(body.status).header('content-type', 'application/problem+json').send(body);
  }
}

function findingOf(error: unknown): Finding {
  if (error instanceof ProblemError) return { code: error.code, detail: error.message, details: error.details };
  if (error instanceof OperationsError) return { code: error.code, detail: error.message, details: error.details };
  if (error instanceof AlertError) return { code: error.code, detail: error.message, details: error.details };
  if (error instanceof TenancyError) return { code: error.code, detail: error.message, details: error.details };
  if (error instanceof LedgerUnreachableError || error instanceof LedgerAnswerError) {
    return { code: 'ledger-unreachable', detail: 'The network’s RPC gave no usable answer.' };
  }
  if (error instanceof LedgerRefusedError) {
    return {
      code: 'stake-refused',
      detail: error.message,
      details: { ledgerCode: error.code, codespace: error.codespace },
    };
  }
  const status = error instanceof HttpException ? error.getStatus() : statusOf(error);
  const code = BY_STATUS[status];
  // Only statuses that we know speak for themselves; the text of any other error may hold anything.
  if (code !== undefined) return { code, detail: (error as Error).message };
  return { code: 'internal', detail: 'The request failed for a reason on our side.' };
}

/** Fastify's own refusals (body too large, wrong media type, broken JSON) carry a `statusCode`. */
function statusOf(error: unknown): number {
  const isRefusal = typeof error === 'object' && error !== null && 'statusCode' in error && 'code' in error;
  return isRefusal && typeof error.statusCode === 'number' ? error.statusCode : 500;
}
