import type { DataSource } from 'typeorm';
import { type SessionKey, sessionText } from './session.js';

/**
 * Runs `work` while this process holds the session's advisory lock; returns null at once when another worker holds it.
 * The lock belongs to a connection of its own: a killed worker loses it with the connection, so no lease has to expire.
 * It only keeps two workers from doing the same work twice; correctness rests on the row versions (`updateSettlement`).
 */
export async function withSessionLock<T>(
  dataSource: DataSource,
  session: SessionKey,
  work: () => Promise<T>,
): Promise<T | null> {
  const holder = dataSource.createQueryRunner();
  await holder.connect();
  const key = `settlement/${sessionText(session)}`;
  let locked = false;
  try {
    const rows: unknown = await holder.query('SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS locked', [key]);
    locked = (rows as Array<{ locked: boolean }>)[0]?.locked === true;
    return locked ? await work() : null;
  } finally {
    try {
      if (locked) await holder.query('SELECT pg_advisory_unlock(hashtextextended($1, 0))', [key]);
    } catch {
      // The connection is gone, and the lock with it.
    } finally {
      await holder.release();
    }
  }
}
