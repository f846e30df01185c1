import { inTransaction } from '#libs/persistence';
import { type SessionKey, sessionCondition, sessionParameters } from './session.js';
import type { SettlementContext } from './settlement-context.js';
import type { SessionTerms } from './settlement-terms.js';

/** Blocks before the window's end at which waiting for quiet chunks ends. */
const HURRY_BLOCKS = 2;

/**
 * Numbers the chunks that the next trees cover: every verified chunk of the session that no attempt covers yet belongs to a new
 * attempt, and a tree of attempt n covers the chunks of attempts 1 to n. The numbers are stored, so the tree of a claim
 * can be built again for its proof whatever arrived since. Likewise an attempt leaves out the invalid receipts that are known when it
 * is opened; those found later in chunks that it covers make a new attempt, whose claim is smaller.
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
    Array<{ attempt: number; uncovered: string; unverified: string; quiet_ms: string; is_wrong: boolean }>
  >(
    `SELECT greatest(coalesce(max(sc.claim_attempt), 0), (
         SELECT coalesce(max(i.claim_attempt), 0) FROM metering.invalid_receipts i WHERE ${sessionCondition('i')}
       )) AS attempt,
       count(*) FILTER (WHERE sc.claim_attempt IS NULL) AS uncovered,
       count(*) FILTER (WHERE sc.claim_attempt IS NULL AND c.verified_at IS NULL) AS unverified,
       EXISTS (
         SELECT FROM metering.invalid_receipts i JOIN metering.session_chunks x USING (application_public_key, chain, session_height, chunk_id)
          WHERE ${sessionCondition('x')} AND x.claim_attempt IS NOT NULL AND i.claim_attempt IS NULL
       ) AS is_wrong,
       extract(epoch FROM clock_timestamp() - max(s.last_chunk_at)) * 1000 AS quiet_ms
     FROM metering.session_chunks sc
     JOIN metering.chunks c USING (chunk_id)
     JOIN metering.sessions s USING (application_public_key, chain, session_height)
     WHERE ${sessionCondition('sc')}`,
    sessionParameters(session),
  );
  if (row === undefined || (row.uncovered === '0' && !row.is_wrong)) {
    return { attempt: row?.attempt ?? 0, isWaiting: false };
  }
  const isUrgent = head >= terms.claimLastHeight - HURRY_BLOCKS;
  const isQuiet = Number(row.quiet_ms) >= context.quietMs && row.unverified === '0';
  if (!isUrgent && !isQuiet) return { attempt: row.attempt, isWaiting: true };
  const covered = await cover(context, session, row.attempt + 1);
  const isOpened = covered > 0 || row.is_wrong;
  return { attempt: isOpened ? row.attempt + 1 : row.attempt, isWaiting: covered < Number(row.uncovered) };
}

/** Gives verified chunks, and the invalid receipts known by now, to an attempt; returns the number of chunks. */
function cover(context: SettlementContext, session: SessionKey, attempt: number): Promise<number> {
  return inTransaction(context.dataSource, async (manager) => {
    const parameters = [...sessionParameters(session), attempt];
    const [, chunks] = await manager.query<[unknown[], number]>(
      `UPDATE metering.session_chunks sc SET claim_attempt = $4
       FROM metering.chunks c
       WHERE ${sessionCondition('sc')} AND sc.claim_attempt IS NULL AND c.chunk_id = sc.chunk_id AND c.verified_at IS NOT NULL`,
      parameters,
    );
    await manager.query(
      `UPDATE metering.invalid_receipts i SET claim_attempt = $4
       FROM metering.session_chunks sc
       WHERE ${sessionCondition('i')} AND ${sessionCondition('sc')} AND i.claim_attempt IS NULL
         AND sc.chunk_id = i.chunk_id AND sc.claim_attempt IS NOT NULL`,
      parameters,
    );
    return chunks;
  });
}
