import {
  type MutationContext,
  Mutations,
  type Page,
  type PageRequest,
  ScopedDatabase,
  afterId,
  pageOf,
  relayChainIds,
  uuidV7,
} from '#libs/tenancy';
import { Injectable } from '@nestjs/common';
import { NOTICE_COLUMNS, type Notice } from './control-state.js';
import { OperationsError } from './operations-error.js';

/** What callers should know. */
export interface NoticeInput {
  /** In any accepted name; null: all chains. */
  readonly chain: string | null;
  readonly severity: Notice['severity'];
  readonly message: string;
  /** null: from now on. */
  readonly startsAt: Date | null;
  readonly endsAt: Date | null;
}

/** What of a notice may be changed; absent fields stay. */
export type NoticeChange = Partial<Omit<NoticeInput, 'chain' | 'startsAt'>> & { readonly startsAt?: Date };

/** Tells callers of maintenance and outages, through every gateway within a second. */
@Injectable()
export class NoticeDesk {
  constructor(
    private readonly database: ScopedDatabase,
    private readonly mutations: Mutations,
  ) {}

  /** All that were made, oldest first. @throws TenancyError `invalid` for a foreign cursor */
  async list(page: PageRequest): Promise<Page<Notice>> {
    const rows = await this.database.query<Notice[]>(
      `SELECT ${NOTICE_COLUMNS} FROM operations.notices WHERE notice_id > $1 ORDER BY notice_id LIMIT $2`,
      [afterId(page.cursor), page.limit + 1],
    );
    return pageOf(rows, page.limit, (row) => row.noticeId);
  }

  /** @throws TenancyError `chain-unknown`, OperationsError `invalid` when it ends before it begins */
  async create(context: MutationContext, input: NoticeInput): Promise<Notice> {
    const chain = input.chain === null ? null : (relayChainIds([input.chain])[0] ?? null);
    const startsAt = input.startsAt ?? new Date();
    checkOrder(startsAt, input.endsAt);
    const { answer } = await this.mutations.run(context, async (manager) => {
      const [after] = await manager.query<Notice[]>(
        `INSERT INTO operations.notices (notice_id, chain, severity, message, starts_at, ends_at, created_by, created_at, updated_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, now(), now()) RETURNING ${NOTICE_COLUMNS}`,
        [uuidV7(), chain, input.severity, input.message, startsAt, input.endsAt, context.actor],
      );
      return { answer: after!, audit: auditOf('notice.create', null, after!) };
    });
    return answer;
  }

  /** Changes it; an end in the past takes it away. @throws OperationsError `not-found`, `invalid` */
  async change(context: MutationContext, noticeId: string, change: NoticeChange): Promise<Notice> {
    const { answer } = await this.mutations.run(context, async (manager) => {
      const [before] = await manager.query<Notice[]>(
        `SELECT ${NOTICE_COLUMNS} FROM operations.notices WHERE notice_id = $1 FOR UPDATE`,
        [noticeId],
      );
      if (before === undefined) throw new OperationsError('not-found', 'There is no such notice.');
      const next = { ...before, ...change };
      checkOrder(next.startsAt, next.endsAt);
      const [after] = await manager.query<Notice[]>(
        `WITH changed AS (
           UPDATE operations.notices SET severity = $2, message = $3, starts_at = $4, ends_at = $5, updated_at = now()
            WHERE notice_id = $1 RETURNING *)
         SELECT ${NOTICE_COLUMNS} FROM changed`,
        [noticeId, next.severity, next.message, next.startsAt, next.endsAt],
      );
      return { answer: after!, audit: auditOf('notice.change', before, after!) };
    });
    return answer;
  }

  /** Ends it now; one that has not begun never will. @throws OperationsError `not-found` */
  async end(context: MutationContext, noticeId: string): Promise<Notice> {
    const { answer } = await this.mutations.run(context, async (manager) => {
      const [before] = await manager.query<Notice[]>(
        `SELECT ${NOTICE_COLUMNS} FROM operations.notices WHERE notice_id = $1 FOR UPDATE`,
        [noticeId],
      );
      if (before === undefined) throw new OperationsError('not-found', 'There is no such notice.');
      const [after] = await manager.query<Notice[]>(
        `WITH changed AS (
           UPDATE operations.notices SET starts_at = LEAST(starts_at, now() - interval '1 millisecond'), ends_at = now(),
                  updated_at = now()
            WHERE notice_id = $1 RETURNING *)
         SELECT ${NOTICE_COLUMNS} FROM changed`,
        [noticeId],
      );
      return { answer: after!, audit: auditOf('notice.end', before, after!) };
    });
    return answer;
  }
}

function checkOrder(startsAt: Date, endsAt: Date | null): void {
  if (endsAt !== null && endsAt <= startsAt) throw new OperationsError('invalid', 'The end lies before the beginning.');
}

function auditOf(action: string, before: Notice | null, after: Notice) {
  return { tenantId: null, action, subjectType: 'notice', subjectId: after.noticeId, before, after };
}
