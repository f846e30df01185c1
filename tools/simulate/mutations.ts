/** Bugs that can be planted into the simulated system, by name, with the promise each one breaks. */
export const MUTATIONS = {
  'check-then-increment': 'the lease script reads, and writes a moment later',
  'local-midnight': 'the day is taken from the clock of the gateway',
  'stale-day-spent': 'a gateway believes that the day never ends',
  'non-atomic-batch': 'a batch takes its units one by one and keeps those it got',
  'lease-not-returned': 'a drained gateway keeps its unspent units',
  'lease-returned-twice': 'recovering a dead gateway forgets that it was done',
  'lost-return-kept': 'units whose return was lost in a failover are spent a second time',
  'answer-before-flush': 'the answer leaves before its receipt is in the file',
  'refund-after-answer': 'a unit is refunded although its answer left',
  'torn-record-accepted': 'a half written record is completed instead of cut off',
  'journal-truncated-early': 'a chunk file is deleted when its job is queued',
  'chunk-id-by-time': 'a chunk is named by the time of its delivery',
  'missing-dedupe': 'a chunk that is stored already is stored again',
  'default-stall-count': 'a job whose worker died twice is failed, as BullMQ does by default',
  'usage-outside-transaction': 'usage rows are written after the transaction of their chunk',
  'copies-claimed': 'leaves that occur twice stay in the tree',
  'proof-of-all-chunks': 'a proof is made from chunks that came after the claim',
} as const;

/** Name of a planted bug. */
export type Mutation = keyof typeof MUTATIONS;

/** Whether a text names a mutation. */
export function isMutation(text: string): text is Mutation {
  return Object.hasOwn(MUTATIONS, text);
}
