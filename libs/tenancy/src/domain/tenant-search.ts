import { Brackets, type EntityManager } from 'typeorm';
import { ApiKeyEntity, ApplicationEntity, TenantEntity } from '../entities/index.js';
import { afterId, type PageRequest } from './page.js';
import { TenancyError } from './tenancy-error.js';
import type { TenantState } from './tenant-state.js';

/** What is looked for. */
export interface TenantSearch {
  /**
   * A part of the name; or the beginning of a tenant's id or of a key; or an application's id, address or public key.
   * Whatever somebody has at hand when a tenant writes in.
   */
  readonly search?: string | undefined;
  readonly status?: TenantState | undefined;
}

/** Characters of a key that are stored and may be looked for. */
const KEY_PREFIX_MAX = 16;

const STATES: Readonly<Record<TenantState, string>> = {
  active: `t.deletesAt IS NULL AND t.status = 'active'`,
  suspended: `t.deletesAt IS NULL AND t.status = 'suspended'`,
  deleting: 't.deletesAt IS NOT NULL AND t.erasedAt IS NULL',
  deleted: 't.erasedAt IS NOT NULL',
};

/** Up to `limit + 1` tenants after the cursor, by id. @throws TenancyError `invalid` for a whole key or another's cursor */
export function findTenants(manager: EntityManager, page: PageRequest & TenantSearch): Promise<TenantEntity[]> {
  const found = manager
    .getRepository(TenantEntity)
    .createQueryBuilder('t')
    .where('t.tenantId > :after', { after: afterId(page.cursor) })
    .orderBy('t.tenantId')
    .take(page.limit + 1);
  if (page.status !== undefined) found.andWhere(STATES[page.status]);
  const text = page.search?.trim() ?? '';
  if (text === '') return found.getMany();
  if (/^(pk|st|sec)_/.test(text) && text.length > KEY_PREFIX_MAX) {
    throw new TenancyError(
      'invalid',
      'search: a whole key does not belong into a URL. Its first 11 characters are enough.',
    );
  }
  const keys = found.subQuery().select('1').from(ApiKeyEntity, 'k');
  keys.where('k.tenantId = t.tenantId AND k.prefix LIKE :beginning');
  const applications = found.subQuery().select('1').from(ApplicationEntity, 'a');
  applications.where(
    'a.tenantId = t.tenantId AND (a.addressHex = :exact OR a.publicKeyHex = :exact OR CAST(a.applicationId AS text) = :exact)',
  );
  return found
    .andWhere(
      new Brackets((either) => {
        either.where('t.name ILIKE :part', { part: `%${escaped(text)}%` });
        if (/^[0-9a-f-]{4,36}$/i.test(text)) {
          either.orWhere('CAST(t.tenantId AS text) LIKE :idBeginning', { idBeginning: `${text.toLowerCase()}%` });
          if (text.length >= 36) either.orWhere(`EXISTS ${applications.getQuery()}`, { exact: text.toLowerCase() });
        } else if (/^(0x)?([0-9a-f]{40}|[0-9a-f]{64})$/i.test(text)) {
          either.orWhere(`EXISTS ${applications.getQuery()}`, { exact: text.toLowerCase().replace(/^0x/, '') });
        } else if (text.startsWith('pk_')) {
          either.orWhere(`EXISTS ${keys.getQuery()}`, { beginning: `${escaped(text)}%` });
        }
      }),
    )
    .getMany();
}

function escaped(text: string): string {
  return text.replaceAll(/[\\%_]/g, '\\$&');
}
