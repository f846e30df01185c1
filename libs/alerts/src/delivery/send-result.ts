/** What came of one attempt to deliver. */
export interface SendResult {
  /**
   * `delivered`: the receiver has it. `retry`: try again later. `rejected`: this message will never be taken. `gone`: the receiver wants
   * nothing any more, so the channel is disabled.
   */
  readonly outcome: 'delivered' | 'retry' | 'rejected' | 'gone';
  /** HTTP status or SMTP reply code; null when there was no answer. */
  readonly status: number | null;
  readonly error: string | null;
  /** Beginning of the receiver's answer. */
  readonly answer: string | null;
}

/** Longest answer kept, characters. */
export const ANSWER_LENGTH_MAX = 1_000;

/** Text from outside as it may be stored and shown: bounded, without control characters. */
export function shownText(text: string, lengthMax = ANSWER_LENGTH_MAX): string {
  return text
    .replace(/[\p{Cc}\p{Cs}\uFFFD]+/gu, ' ')
    .trim()
    .slice(0, lengthMax);
}
