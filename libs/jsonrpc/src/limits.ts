/** Bounds of what is read from one body; each has a test at its edge. */
export interface FrameLimits {
  /** Levels of arrays and objects; a batch's own array is the first. */
  readonly depthMax: number;
  /** Calls in one batch that may be served. */
  readonly batchCallsMax: number;
  /** Elements whose ids are still read when a batch is too long, so that each can be refused by its own id. */
  readonly batchIdsMax: number;
  /** Bytes of one id as it stands in the body. */
  readonly idBytesMax: number;
  /** Bytes of a method's name. */
  readonly methodBytesMax: number;
}

/** The wire contract's defaults. */
export const DEFAULT_FRAME_LIMITS: FrameLimits = {
  depthMax: 64,
  batchCallsMax: 100,
  batchIdsMax: 1_000,
  idBytesMax: 512,
  methodBytesMax: 128,
};
