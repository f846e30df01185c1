import { ApiKeyEntity, type Page, ScopedDatabase } from '#libs/tenancy';
import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { OperationsError } from './operations-error.js';
import type { StoredTrace } from './request-trace.js';
import { type TraceFilter, listTraces, tracesOfRequest } from './trace-store.js';

/** A story with the first characters of the key that was used. */
export type TraceView = StoredTrace & { readonly keyPrefix: string | null };

/** Answers "why was this request refused, where did it go?" */
@Injectable()
export class RequestDesk {
  constructor(private readonly database: ScopedDatabase) {}

  /** The stories of one request's calls. @throws OperationsError `not-found` when none was kept, or it is another tenant's */
  async get(requestId: string, tenantId: string | null): Promise<TraceView[]> {
    const found = await tracesOfRequest(this.database, requestId.toLowerCase(), tenantId);
    if (found.length === 0) {
      throw new OperationsError(
        'not-found',
        'No story of this request is kept: it was served, is too old, or is not yours.',
      );
    }
    return this.#withPrefixes(found);
  }

  /** Stories that fit, newest first; the cursor is a story's id. @throws OperationsError `invalid` for a foreign cursor */
  async list(
    filter: TraceFilter,
    page: { readonly cursor?: string | undefined; readonly limit: number },
  ): Promise<Page<TraceView>> {
    if (page.cursor !== undefined && !/^[0-9]{1,18}$/.test(page.cursor)) {
      throw new OperationsError('invalid', 'The cursor is not one that this API gave out.');
    }
    const found = await listTraces(this.database, filter, { before: page.cursor ?? null, limit: page.limit + 1 });
    const items = await this.#withPrefixes(found.slice(0, page.limit));
    return { items, next: found.length > page.limit ? (items.at(-1)?.traceId ?? null) : null };
  }

  async #withPrefixes(traces: readonly StoredTrace[]): Promise<TraceView[]> {
    const keyIds = [...new Set(traces.flatMap(({ keyId }) => (keyId === null ? [] : [keyId])))];
    const keys = await this.database.read((manager) =>
      manager.getRepository(ApiKeyEntity).find({ select: { keyId: true, prefix: true }, where: { keyId: In(keyIds) } }),
    );
    const prefixes = new Map(keys.map(({ keyId, prefix }) => [keyId, prefix]));
    return traces.map((trace) => ({
      ...trace,
      keyPrefix: trace.keyId === null ? null : (prefixes.get(trace.keyId) ?? null),
    }));
  }
}
