/** How long an answer that asks a caller to slow down is held. */
export const REFUSAL_HOLD_MS = 300;
/** Answers held at a time; more leave at once, so that a flood costs no memory. */
const HELD_MAX = 2_000;

/**
 * Holds answers that clients take for a reason to repeat (HTTP 429: per-second limit, overload; 502 to 504 in strict style)
 * for a moment. Some repeat at once, whatever the answer says: ethers 6 backs off at random from zero and sends up to eight
 * within a second. A caller that waits for each answer, as they all do, can then send no more than four.
 */
export class RefusalPace {
  #held = 0;

  /**
   * @param holdMs how long answers are held; 0 holds none.
   * @param heldMax answers held at a time.
   */
  constructor(
    private readonly holdMs: number = REFUSAL_HOLD_MS,
    private readonly heldMax: number = HELD_MAX,
  ) {}

  /** Answers held just now. */
  get held(): number {
    return this.#held;
  }

  /** Runs `send` after the hold, or at once while too many are held. */
  hold(send: () => void): void {
    if (this.holdMs === 0 || this.#held >= this.heldMax) {
      send();
      return;
    }
    this.#held += 1;
    setTimeout(() => {
      this.#held -= 1;
      send();
    }, this.holdMs);
  }
}
