/** One session of one application on one chain: what is settled together. Keys are 64 hex digits, heights session starts. */
export interface SessionKey {
  readonly applicationPublicKeyHex: string;
  readonly chain: string;
  readonly sessionHeight: number;
}

/** One node's part of a session: what one claim and one proof are about. */
export interface NodeSessionKey extends SessionKey {
  readonly nodePublicKeyHex: string;
}

/** A stable text of a session, for locks, caches and log lines. */
export function sessionText(session: SessionKey): string {
  return `${session.applicationPublicKeyHex}/${session.chain}/${session.sessionHeight}`;
}

/** The three parameters by which every statement names a session; `$1` to `$3`. */
export function sessionParameters(session: SessionKey): [string, string, number] {
  return [session.applicationPublicKeyHex, session.chain, session.sessionHeight];
}

/** Condition over {@link sessionParameters}, for a table whose alias is `alias`. */
export function sessionCondition(alias: string): string {
  return `${alias}.application_public_key = $1 AND ${alias}.chain = $2 AND ${alias}.session_height = $3`;
}
