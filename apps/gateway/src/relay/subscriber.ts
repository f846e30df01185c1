import type { Caller } from './authorise.js';
import type { Refusal } from './refusal.js';

/** Serves subscription methods for one frame of a connection that can carry notifications. */
export interface Subscriber {
  /** The result as JSON text, or why not. Never rejects. */
  serve(caller: Caller, method: string, paramsJson: string | null): Promise<string | Refusal>;
}
