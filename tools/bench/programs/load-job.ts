/** What a load generator is told to do. */
export interface LoadJob {
  readonly port: number;
  /** Asked in turn. */
  readonly paths: readonly string[];
  readonly body: string;
  readonly connections: number;
  readonly seconds: number;
  /** Seconds before that which are not counted. */
  readonly warmSeconds: number;
  /** Requests a second, sent when they are due whatever became of those before; null: each connection asks again when answered. */
  readonly ratePerSecond: number | null;
  readonly transport: 'http' | 'websocket';
}

/** What came of it. */
export interface LoadResult {
  /** Answers within the counted time. */
  readonly answers: number;
  readonly seconds: number;
  /** Answers in all, the uncounted time included: what processor time is divided by. */
  readonly answersInAll: number;
  readonly p50Us: number;
  readonly p99Us: number;
  /** Answers without a result, broken connections, and requests left unanswered. */
  readonly failures: number;
}
