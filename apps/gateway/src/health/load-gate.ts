/** Bounds of what may be under way. */
export interface LoadGateOptions {
  /** Calls under way in all. */
  readonly callsMax: number;
  /** From so many on, each tenant that has calls under way gets an equal part of them. */
  readonly sharedCalls: number;
  /** How late the event loop is, in milliseconds. */
  readonly latenessMs?: () => number;
}

/** A tenant's part never falls below this, however many there are. */
const TENANT_CALLS_MIN = 32;
/** Lateness from which new calls are shed, so that those under way end. */
const LATE_MS = 250;
/** With fewer under way a late loop is not our load (a paused machine, a collection of garbage) and shedding would not help. */
const LATE_CALLS_MIN = 64;

/**
 * Decides at once whether a call may begin. Nothing waits here: a queue in front of a busy gateway only makes answers late,
 * and clients back off by themselves. One tenant alone may use everything; where several meet, none gets more than its part.
 */
export class LoadGate {
  readonly #byTenant = new Map<string, number>();
  #inFlight = 0;

  constructor(private readonly o: LoadGateOptions) {}

  /** Calls under way. */
  get inFlight(): number {
    return this.#inFlight;
  }

  /** True when the call may begin; {@link leave} must follow. */
  enter(tenantId: string): boolean {
    const own = this.#byTenant.get(tenantId) ?? 0;
    if (this.#inFlight >= this.o.callsMax) return false;
    if (this.#inFlight >= LATE_CALLS_MIN && (this.o.latenessMs?.() ?? 0) > LATE_MS) return false;
    const tenants = this.#byTenant.size + (own === 0 ? 1 : 0);
    if (tenants > 1 && own >= this.#part(tenants)) return false;
    this.#inFlight += 1;
    this.#byTenant.set(tenantId, own + 1);
    return true;
  }

  /** A call that was let in has ended. */
  leave(tenantId: string): void {
    const own = this.#byTenant.get(tenantId) ?? 0;
    this.#inFlight -= 1;
    if (own <= 1) this.#byTenant.delete(tenantId);
    else this.#byTenant.set(tenantId, own - 1);
  }

  #part(tenants: number): number {
    return Math.max(TENANT_CALLS_MIN, Math.floor(this.o.sharedCalls / tenants));
  }
}
