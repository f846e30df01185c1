import { type MutationContext, Mutations, ScopedDatabase, uuidV7 } from '#libs/tenancy';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { z } from 'zod';
import { OperationsError } from './operations-error.js';
import { RUNTIME_SETTINGS, SETTING_NAMES, type SettingName, isSettingName } from './settings-catalogue.js';

/** A runtime setting as operators see it. */
export interface SettingView {
  readonly settingId: string | null;
  readonly name: SettingName;
  /** What operators set; null: each gateway's environment decides, or the fallback. */
  readonly value: unknown;
  /** Grows with each change; 1 while it was never set. */
  readonly version: number;
  readonly updatedAt: Date | null;
  readonly updatedBy: string | null;
}

const COLUMNS = `setting_id AS "settingId", name, value, version, updated_at AS "updatedAt", updated_by AS "updatedBy"`;

/** Reads and changes runtime settings. Gateways apply a change within a second. */
@Injectable()
export class SettingDesk {
  constructor(
    private readonly database: ScopedDatabase,
    private readonly mutations: Mutations,
  ) {}

  /** All of the catalogue, in its order, set or not. */
  async list(): Promise<SettingView[]> {
    const rows = await this.database.query<SettingView[]>(`SELECT ${COLUMNS} FROM operations.settings`);
    const byName = new Map(rows.map((row) => [row.name, row]));
    return SETTING_NAMES.map((name) => byName.get(name) ?? unset(name));
  }

  /** @throws OperationsError `not-found` for a name that is not in the catalogue */
  async get(name: string): Promise<SettingView> {
    const known = knownName(name);
    return this.database.read((manager) => settingOf(manager, known));
  }

  /**
   * Sets a value, or with null leaves it to the environment again.
   *
   * @throws OperationsError `not-found`, `invalid`; TenancyError `version-changed` where the context's `ifMatch` asks for another
   */
  async change(context: MutationContext, name: string, value: unknown): Promise<SettingView> {
    const known = knownName(name);
    const schema: z.ZodType = RUNTIME_SETTINGS[known].schema;
    const parsed = value === null ? null : schema.safeParse(value);
    if (parsed?.success === false) {
      const [issue] = parsed.error.issues;
      throw new OperationsError('invalid', `${known}: ${issue?.message ?? 'the value does not fit'}`);
    }
    const { answer } = await this.mutations.run(context, async (manager) => {
      await manager.query(`SELECT pg_advisory_xact_lock(hashtext('operations.settings'), hashtext($1))`, [known]);
      const before = await settingOf(manager, known);
      const [after] = await manager.query<SettingView[]>(
        `INSERT INTO operations.settings AS s (setting_id, name, value, version, updated_at, updated_by)
         VALUES ($1, $2, $3::jsonb, 2, now(), $4)
         ON CONFLICT (name) DO UPDATE SET value = excluded.value, version = s.version + 1, updated_at = now(),
           updated_by = excluded.updated_by
         RETURNING ${COLUMNS}`,
        [uuidV7(), known, parsed === null ? null : JSON.stringify(parsed.data), context.actor],
      );
      return {
        answer: after!,
        audit: {
          tenantId: null,
          action: 'setting.change',
          subjectType: 'setting',
          subjectId: after!.settingId!,
          before,
          after: after!,
        },
      };
    });
    return answer;
  }
}

function knownName(name: string): SettingName {
  if (!isSettingName(name)) throw new OperationsError('not-found', 'There is no such setting.');
  return name;
}

function unset(name: SettingName): SettingView {
  return { settingId: null, name, value: null, version: 1, updatedAt: null, updatedBy: null };
}

async function settingOf(manager: EntityManager, name: SettingName): Promise<SettingView> {
  const sql = `SELECT ${COLUMNS} FROM operations.settings WHERE name = $1`;
  const [row] = await manager.query<SettingView[]>(sql, [name]);
  return row ?? unset(name);
}
