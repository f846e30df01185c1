import { type AlertEvent, AlertEventType } from '../domain/alert-events.js';

/** An alert in words. */
export interface MailText {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** A paragraph for each line; the only markup there is. */
function htmlOf(lines: readonly string[]): string {
  const paragraphs = lines.map((line) => `<p>${escaped(line)}</p>`).join('\n');
  return `<!doctype html>\n<html lang="en"><body>\n${paragraphs}\n</body></html>\n`;
}

function escaped(text: string): string {
  const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? '');
}

/** One line without control characters: no text of ours or of others can begin a header or a new line. */
function line(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();
}

/**
 * Subject, plain text and simple HTML of an event.
 *
 * @param code of the confirmation; for no other event
 */
export function mailText(event: AlertEvent, code: string): MailText {
  const { subject, lines } = wordsOf(event, code);
  const clean = lines.map(line);
  return { subject: line(subject), text: `${clean.join('\n\n')}\n`, html: htmlOf(clean) };
}

function wordsOf(event: AlertEvent, code: string): { subject: string; lines: string[] } {
  switch (event.type) {
    case AlertEventType.quotaThreshold: {
      const { subject, subjectId, threshold, usedRelays, limitRelays, day } = event.data;
      return {
        subject: `${threshold} % of the daily relay limit is used (${subject} ${subjectId})`,
        lines: [
          `On ${day} (UTC) the ${subject} ${subjectId} has used ${usedRelays} of its ${limitRelays} relays: the alert at ${threshold} % is reached.`,
          threshold >= 100
            ? 'Further relays may be refused until 00:00 UTC.'
            : 'The limit is counted anew from 00:00 UTC. A higher stake raises it at once.',
          `Alert ${event.data.alertId}`,
        ],
      };
    }
    case AlertEventType.channelDisabled:
      return {
        subject: `The alert channel "${event.data.channelName}" was disabled`,
        lines: [
          `No alerts are sent to the channel "${event.data.channelName}" (${event.data.channelId}) any more: ${event.data.reason}.`,
          'Correct the receiver and enable the channel again.',
        ],
      };
    case AlertEventType.confirmation:
      return {
        subject: 'Confirm this address for quota alerts',
        lines: [
          `Somebody asked for quota alerts to be sent to this address. If it was you, confirm the channel ${event.data.channelId} with this code:`,
          code,
          'Without the code nothing more is sent here.',
        ],
      };
    case AlertEventType.test:
      return {
        subject: 'Test of an alert channel',
        lines: [`This is the test of the alert channel ${event.data.channelId}. It works.`],
      };
  }
}
