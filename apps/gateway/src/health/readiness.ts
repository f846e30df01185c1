/** What the gateway can do right now. */
export interface ReadinessReport {
  readonly ready: boolean;
  readonly checks: {
    /** The ledger told a height. */
    readonly height: boolean;
    /** Tenancy was read at least once; known keys are served from memory when the database is away later. */
    readonly tenancy: boolean;
    /** A session could be had at least once. */
    readonly sessions: boolean;
    /** The receipt journal takes receipts. */
    readonly journal: boolean;
    readonly stopping: boolean;
  };
}

/** Ready means: a relay sent now would be served. */
export class Readiness {
  #tenancy = false;
  #sessions = false;
  #stopping = false;

  constructor(
    private readonly heightKnown: () => boolean,
    private readonly journalAccepting: () => boolean,
  ) {}

  tenancyReached(): void {
    this.#tenancy = true;
  }

  sessionHad(): void {
    this.#sessions = true;
  }

  /** A stop was asked for. */
  get stopping(): boolean {
    return this.#stopping;
  }

  /** From now on never ready again. */
  stop(): void {
    this.#stopping = true;
  }

  report(): ReadinessReport {
    const checks = {
      height: this.heightKnown(),
      tenancy: this.#tenancy,
      sessions: this.#sessions,
      journal: this.journalAccepting(),
      stopping: this.#stopping,
    };
    return { ready: checks.height && checks.tenancy && checks.sessions && checks.journal && !checks.stopping, checks };
  }
}
