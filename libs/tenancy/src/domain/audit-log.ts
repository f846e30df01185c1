import { Injectable } from '@nestjs/common';
import { LessThan } from 'typeorm';
import { AuditEntryEntity } from '../entities/index.js';
import { ScopedDatabase } from '../scope/scoped-database.js';
import type { Page, PageRequest } from './page.js';
import { TenancyError } from './tenancy-error.js';

/** Reads the audit log, newest entries first. Writing is `Mutations`' alone. */
@Injectable()
export class AuditLog {
  constructor(private readonly database: ScopedDatabase) {}

  /** Entries of one tenant, or of all; the cursor is an entry's number. @throws TenancyError `invalid` for another cursor */
  async list(page: PageRequest & { tenantId?: string | undefined }): Promise<Page<AuditEntryEntity>> {
    const { cursor, limit, tenantId } = page;
    if (cursor !== undefined && !/^[0-9]{1,18}$/.test(cursor)) {
      throw new TenancyError('invalid', 'The cursor is not one that this API gave out.');
    }
    const rows = await this.database.read((manager) =>
      manager.getRepository(AuditEntryEntity).find({
        where: {
          ...(tenantId === undefined ? {} : { tenantId }),
          ...(cursor === undefined ? {} : { entryId: LessThan(cursor) }),
        },
        order: { entryId: 'DESC' },
        take: limit + 1,
      }),
    );
    const items = rows.slice(0, limit);
    return { items, next: rows.length > limit ? (items.at(-1)?.entryId ?? null) : null };
  }
}
