/** How a process offers units: five at once at a steady pace, up to 200 at once at random moments, or batches of 1 to 20. */
export type LoadStyle = 'steady' | 'burst' | 'batch';

/** What one gateway process is told to do. */
export interface GatewayOrder {
  readonly url: string;
  readonly instanceId: string;
  readonly applicationId: string;
  readonly limit: number;
  readonly style: LoadStyle;
  readonly seed: number;
  /** Pause between two rounds. */
  readonly paceMs: number;
  /** By how much the process' own clock is wrong. */
  readonly skewMs: number;
}

/** What it saw. Units by the day they were stamped with. */
export interface GatewayResult {
  readonly admitted: Readonly<Record<string, number>>;
  readonly refused: Readonly<Record<string, number>>;
  readonly unavailable: number;
  /** Leased and not spent when it was told to stop. */
  readonly unspent: number;
  /** The most it ever held unspent. */
  readonly leaseWorst: number;
}

/** A line that a process says. */
export type GatewayLine =
  | { readonly kind: 'connected' | 'spent' | 'spending' }
  | { readonly kind: 'result'; readonly result: GatewayResult }
  | { readonly kind: 'failed'; readonly reason: string };
