import { type SessionKey, sessionCondition, sessionParameters } from './session.js';
import type { SettlementContext } from './settlement-context.js';
import type { SessionTerms } from './settlement-terms.js';

/** Blocks before the window's end at which waiting for quiet chunks ends. */
const HURRY_BLOCKS = 2;

/**
 * Numbers the chunks that the next trees cover: every verified chunk of the session that no attempt covers yet belongs to a new
 * attempt, and a tree of attempt n covers the chunks of attempts 1 to n. The numbers are stored, so the tree of a claim
 * can be built again for its proof whatever arrived since.
 *
 * @returns the newest attempt, 0 while there is none, and whether chunks wait for the next. No new one is opened while chunks still
 * arrive (`quietMs`) or wait for verification, unless the window is about to close.
 */
export async function openAttempt(
  context: SettlementContext,
  session: SessionKey,
  terms: SessionTerms,
  head: number,
): Promise<{ readonly attempt: number; readonly isWaiting: boolean }> {
  const [row] = await context.dataSource.query<
    Array<{ attempt: number; uncovered: string; unverified: string; quiet_ms: string }>
  >(
    `SELECT coalesce(max(sc.claim_attempt), 0) AS attempt,
       count(*) FILTER (WHERE sc.claim_attempt IS NULL) AS uncovered,
       count(*) FILTER (WHERE sc.claim_attempt IS NULL AND c.verified_at IS NULL) AS unverified,
       extract(epoch FROM clock_timestamp() - max(s.last_chunk_at)) * 1000 AS quiet_ms
     FROM metering.session_chunks sc
     JOIN metering.chunks c USING (chunk_id)
     JOIN metering.sessions s USING (application_public_key, chain, session_height)
     WHERE ${sessionCondition('sc')}`,
    sessionParameters(session),
  );
  if (row === undefined || row.uncovered === '0') return { attempt: row?.attempt ?? 0, isWaiting: false };
  const isUrgent = head >= terms.claimLastHeight - HURRY_BLOCKS;
  const isQuiet = Number(row.quiet_ms) >= context.quietMs && row.unverified === '0';
  if (!isUrgent && !isQuiet) return { attempt: row.attempt, isWaiting: true };
  const [, covered] = await context.dataSource.query<[unknown[], number]>(
    `UPDATE metering.session_chunks sc SET claim_attempt = $4
     FROM metering.chunks c
     WHERE ${sessionCondition('sc')} AND sc.claim_attempt IS NULL AND c.chunk_id = sc.chunk_id AND c.verified_at IS NOT NULL`,
    [...sessionParameters(session), row.attempt + 1],
  );
  return { attempt: covered === 0 ? row.attempt : row.attempt + 1, isWaiting: covered < Number(row.uncovered) };
}
