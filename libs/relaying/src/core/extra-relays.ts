/** Extra relays that may be saved up, and that retries may overdraw before they are rationed. */
const SAVED_MAX = 200;
const SAVED_AT_START = 20;
const OVERDRAFT_MAX = 50;

/**
 * The budget of relays that no call asked for: hedges and retries together stay near a tenth of the calls, because each
 * costs stake. A hedge only speeds a call up and needs the budget; a retry saves a call and may overdraw it a little.
 */
export class ExtraRelays {
  #left: number;

  /** @param share extra relays per call; 0 hedges nothing and rations no retry. */
  constructor(private share = 0.1) {
    this.#left = share > 0 ? SAVED_AT_START : 0;
  }

  /** Changes the share while calls are served; what was saved up is kept while there is a share. */
  setShare(share: number): void {
    if (share === this.share) return;
    if (share === 0) this.#left = 0;
    else if (this.share === 0) this.#left = SAVED_AT_START;
    this.share = share;
  }

  /** Extra relays left; negative while overdrawn. */
  get left(): number {
    return this.#left;
  }

  /** A call begins. */
  earned(): void {
    if (this.#left < SAVED_MAX) this.#left += this.share;
  }

  /** Takes one for a hedge; false when there is none. */
  hedge(): boolean {
    if (this.#left < 1) return false;
    this.#left -= 1;
    return true;
  }

  /** Takes one for a retry. Returns false when so many calls are being retried that each must do with one retry. */
  retry(): boolean {
    if (this.share === 0) return true;
    if (this.#left > -OVERDRAFT_MAX) this.#left -= 1;
    return this.#left > -OVERDRAFT_MAX;
  }
}
