/** Whether the process still takes new requests from a load balancer. */
export class Readiness {
  private readonly stopping = new AbortController();

  get isStopping(): boolean {
    return this.stopping.signal.aborted;
  }

  /** Aborts when the process begins to stop: requests that wait for a block answer with what is reached. */
  get signal(): AbortSignal {
    return this.stopping.signal;
  }

  /** From here on `/readyz` answers 503. */
  stop(): void {
    this.stopping.abort();
  }
}
