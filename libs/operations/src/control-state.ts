import type { SqlExecutor } from '#libs/persistence';
import { type SettingName, isSettingName } from './settings-catalogue.js';

/** A node, or all nodes of an operator, that gateways should not use. */
export interface NodeClosure {
  readonly closureId: string;
  readonly kind: 'node' | 'operator';
  /** Public key of the node, lower-case hex; or the operator's domain or address as gateways show it. */
  readonly target: string;
  /** Relay chain id; null: every chain. */
  readonly chain: string | null;
  /** `cordon`: no relay from now on. `drain`: what was begun is filled to the number of relays that is paid, then none. */
  readonly mode: 'cordon' | 'drain';
  readonly reason: string;
  readonly createdBy: string;
  readonly createdAt: Date;
  /** It opens again by itself; null: until someone opens it. */
  readonly expiresAt: Date | null;
}

/** Something that callers should know: maintenance, an outage. */
export interface Notice {
  readonly noticeId: string;
  /** Relay chain id; null: all chains. */
  readonly chain: string | null;
  readonly severity: 'info' | 'maintenance' | 'outage';
  readonly message: string;
  readonly startsAt: Date;
  /** null: until further notice. */
  readonly endsAt: Date | null;
  readonly createdBy: string;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** Everything that operators set and gateways hold in memory, as of one instant. */
export interface ControlState {
  /** Only settings that have a value. */
  readonly settings: ReadonlyMap<SettingName, unknown>;
  readonly closures: readonly NodeClosure[];
  /** Those in force or announced; not those that are over. */
  readonly notices: readonly Notice[];
  /** Endpoints whose callers may ask for explanations. */
  readonly explainEndpointIds: ReadonlySet<string>;
}

/** What holds where nothing was ever set. */
export const EMPTY_CONTROLS: ControlState = {
  settings: new Map(),
  closures: [],
  notices: [],
  explainEndpointIds: new Set(),
};

/** Columns of a closure under the names of {@link NodeClosure}. */
export const CLOSURE_COLUMNS = `closure_id AS "closureId", kind, target, chain, mode, reason, created_by AS "createdBy",
  created_at AS "createdAt", expires_at AS "expiresAt"`;

/** Columns of a notice under the names of {@link Notice}. */
export const NOTICE_COLUMNS = `notice_id AS "noticeId", chain, severity, message, starts_at AS "startsAt", ends_at AS "endsAt",
  created_by AS "createdBy", created_at AS "createdAt", updated_at AS "updatedAt"`;

interface StateRow {
  readonly settings: ReadonlyArray<{ readonly name: string; readonly value: unknown }>;
  readonly closures: ReadonlyArray<Dated<NodeClosure>>;
  readonly notices: ReadonlyArray<Dated<Notice>>;
  readonly explain: readonly string[];
}

/** JSON holds dates as text. */
type Dated<T> = {
  readonly [Field in keyof T]: T[Field] extends Date ? string : T[Field] extends Date | null ? string | null : T[Field];
};

/** Reads all of it in one statement, so that it is of one instant. */
export async function readControlState(database: SqlExecutor): Promise<ControlState> {
  const [row] = await database.query<StateRow[]>(`
    SELECT
      (SELECT COALESCE(jsonb_agg(jsonb_build_object('name', name, 'value', value)), '[]')
         FROM operations.settings WHERE value IS NOT NULL) AS settings,
      (SELECT COALESCE(jsonb_agg(to_jsonb(c)), '[]') FROM (
         SELECT ${CLOSURE_COLUMNS} FROM operations.closures
          WHERE expires_at IS NULL OR expires_at > now()) c) AS closures,
      (SELECT COALESCE(jsonb_agg(to_jsonb(n)), '[]') FROM (
         SELECT ${NOTICE_COLUMNS} FROM operations.notices
          WHERE ends_at IS NULL OR ends_at > now() ORDER BY starts_at, notice_id LIMIT 100) n) AS notices,
      (SELECT COALESCE(jsonb_agg(endpoint_id), '[]') FROM operations.explain_grants) AS explain`);
  if (row === undefined) return EMPTY_CONTROLS;
  const settings = row.settings.flatMap(({ name, value }) => (isSettingName(name) ? [[name, value] as const] : []));
  return {
    settings: new Map(settings),
    closures: row.closures.map((closure) => ({
      ...closure,
      createdAt: new Date(closure.createdAt),
      expiresAt: closure.expiresAt === null ? null : new Date(closure.expiresAt),
    })),
    notices: row.notices.map((notice) => ({
      ...notice,
      startsAt: new Date(notice.startsAt),
      endsAt: notice.endsAt === null ? null : new Date(notice.endsAt),
      createdAt: new Date(notice.createdAt),
      updatedAt: new Date(notice.updatedAt),
    })),
    explainEndpointIds: new Set(row.explain),
  };
}
