import { scanFrame } from '#libs/jsonrpc';
import { type Caller, isRefusal } from '../relay/authorise.js';
import type { CallServer } from '../relay/call-server.js';
import type { Refusal } from '../relay/refusal.js';

/** Who pays for a read: asked before each, because keys are revoked and suspended while subscriptions live. */
export type Payer = () => Caller | Refusal | Promise<Caller | Refusal>;

/** What a question to the chain came to. */
export type Reading =
  | { readonly kind: 'result'; readonly value: unknown }
  /** The chain's own error. */
  | { readonly kind: 'error'; readonly code: number; readonly message: string }
  /** The gateway could not ask, or no node answered. */
  | { readonly kind: 'refused'; readonly refusal: Refusal };

/** The relay path as followers use it. */
export type CallPath = Pick<CallServer, 'call'>;

/** Asks the chain through the ordinary relay path: admitted on the daily limit, receipted, retried on other nodes. */
export class RelayReader {
  constructor(
    private readonly calls: CallPath,
    private readonly requestId: () => string,
  ) {}

  /** Never rejects. */
  async read(payer: Payer, method: string, params: readonly unknown[]): Promise<Reading> {
    try {
      const caller = await payer();
      if (isRefusal(caller)) return { kind: 'refused', refusal: caller };
      const body = Buffer.from(JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }));
      const frame = scanFrame(body);
      if (frame.kind !== 'single') return { kind: 'refused', refusal: { reason: 'internal' } };
      const end = await this.calls.call(caller, body, frame.call, this.requestId(), null);
      if (end.refusal !== null) return { kind: 'refused', refusal: end.refusal };
      const answer = JSON.parse(end.bytes.toString('utf8')) as Answer;
      if (answer.error) return { kind: 'error', code: answer.error.code ?? 0, message: answer.error.message ?? '' };
      return { kind: 'result', value: answer.result };
    } catch {
      return { kind: 'refused', refusal: { reason: 'internal' } };
    }
  }
}

interface Answer {
  readonly result?: unknown;
  readonly error?: { readonly code?: number; readonly message?: string } | null;
}
