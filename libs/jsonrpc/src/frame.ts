/** A half-open range of byte offsets in the scanned body. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Why one element of a frame is not a JSON-RPC call. */
export interface CallFault {
  /** A sentence for the developer who sent it. */
  readonly message: string;
}

/** One element of a frame; a view over the body, valid as long as the body's bytes are. */
export interface Call {
  /** The element itself. */
  readonly span: Span;
  /** Where the id stands, null when the caller gave none. */
  readonly id: Span | null;
  /** Where a member may be inserted: right behind the opening brace. */
  readonly membersAt: number;
  /** Decoded; empty when `fault` is set before a method was read. */
  readonly method: string;
  /** Where the params stand, null when absent. */
  readonly params: Span | null;
  /** No id: the caller wants no answer. */
  readonly notification: boolean;
  /** Set when the element must be refused with -32600. */
  readonly fault: CallFault | null;
}

/** What a body holds. */
export type Frame =
  | { readonly kind: 'single'; readonly call: Call }
  | { readonly kind: 'batch'; readonly calls: readonly Call[] }
  /** Longer than allowed: the ids that could be read, so that each gets its refusal; null when there are too many. */
  | { readonly kind: 'batch-too-long'; readonly calls: readonly Call[] | null; readonly count: number }
  | { readonly kind: 'malformed'; readonly reason: 'parse' | 'request' | 'size'; readonly message: string };
