/** Whether the process still takes new requests from a load balancer. */
export class Readiness {
  private stopping = false;

  get isStopping(): boolean {
    return this.stopping;
  }

  /** From here on `/readyz` answers 503. */
  stop(): void {
    this.stopping = true;
  }
}
