import { type AnswerScan, scanAnswer } from '#libs/jsonrpc';

/** What an answer must look like. */
export interface AnswerExpectation {
  /** The id we sent; null for requests that are not JSON-RPC. */
  readonly id: string | null;
  /** Chains that still speak JSON-RPC 1.0. */
  readonly versionOptional: boolean;
}

/** What the core makes of the text behind a node's signature. */
export type Judgement =
  | { readonly kind: 'good'; readonly bytes: Buffer; readonly scan: Extract<AnswerScan, { ok: true }> | null }
  /** An honest answer that another node may give better; delivered when no other does. */
  | {
      readonly kind: 'poor';
      readonly bytes: Buffer;
      readonly scan: Extract<AnswerScan, { ok: true }>;
      readonly detail: string;
      readonly blame: boolean;
    }
  | { readonly kind: 'bad'; readonly detail: string };

/** Errors that speak about the node's own back end, not about the call. */
const BACKEND_REFUSALS = /rate ?limit|too many requests|daily request count|capacity exceeded|quota|upgrade your plan/i;
/** The node does not hold this state; another may. No fault. */
const NOT_HELD = /missing trie node|header not found|state (is )?not available|pruned|block not found|unknown block/i;

/**
 * Judges a node's answer before a client sees it: a wrong id, an HTML page, an empty or broken text never passes.
 * JSON-RPC errors are the chain's business and pass, save those in which the node's back end speaks about itself.
 */
export function judgeAnswer(response: string, expected: AnswerExpectation): Judgement {
  const bytes = Buffer.from(response);
  if (expected.id === null) return judgePlain(bytes);
  const scan = scanAnswer(bytes, expected.id, expected.versionOptional);
  if (!scan.ok) return { kind: 'bad', detail: scan.fault };
  if (scan.error !== null) {
    const { code, message } = scan.error;
    if (code === 429 || code === -32005 || code === -32029 || BACKEND_REFUSALS.test(message)) {
      return { kind: 'poor', bytes, scan, detail: 'backend-refusal', blame: true };
    }
    if (NOT_HELD.test(message)) return { kind: 'poor', bytes, scan, detail: 'not-held', blame: false };
  }
  return { kind: 'good', bytes, scan };
}

function judgePlain(bytes: Buffer): Judgement {
  if (bytes.length === 0) return { kind: 'bad', detail: 'empty' };
  const head = bytes.toString('latin1', 0, 15).trimStart().toLowerCase();
  if (head.startsWith('<!doctype') || head.startsWith('<html')) return { kind: 'bad', detail: 'html' };
  return { kind: 'good', bytes, scan: null };
}
