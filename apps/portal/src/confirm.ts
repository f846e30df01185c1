import type { OperationDescription } from '#libs/client';
import { DeclinedError, type Io, UsageError } from './io.js';

/** First words of commands that take something away from somebody. */
const DESTRUCTIVE = new Set([
  'suspend',
  'delete',
  'revoke',
  'unstake',
  'drop',
  'disable',
  'remove',
  'purge',
  'transfer',
  'rotate',
  'demand',
  'cordon',
  'drain',
  'close',
  'discard',
  'erase',
]);

/** Whether a command asks before it acts. */
export function isDestructive(verb: string, { method }: Pick<OperationDescription, 'method'>): boolean {
  return method === 'DELETE' || (method !== 'GET' && DESTRUCTIVE.has(verb.split('-')[0] ?? ''));
}

/**
 * Has somebody type the thing's id before it is harmed. `--yes` stands in for that.
 *
 * @throws DeclinedError when something else is typed
 * @throws UsageError when nobody can be asked
 */
export async function confirm(io: Io, command: string, subject: string, isAgreed: boolean): Promise<void> {
  if (isAgreed) return;
  if (!io.isInteractive)
    throw new UsageError(`${command} asks before it acts, and nobody can be asked here: add --yes.`);
  const typed = await io.ask(`${command} ${subject}\nType ${subject} to go on: `);
  if (typed.trim() !== subject) throw new DeclinedError('Not confirmed; nothing was changed.');
}
