import type { NodeClosure } from './control-state.js';

/** Finds what operators closed, by chain, node and operator. Built anew for each state; looking up is four looks into a map. */
export class ClosureIndex {
  readonly #byTarget = new Map<string, NodeClosure>();

  /** @param nowMs Unix milliseconds, for closures that end by themselves. */
  constructor(
    closures: readonly NodeClosure[],
    private readonly nowMs: () => number = Date.now,
  ) {
    for (const closure of closures) {
      this.#byTarget.set(`${closure.kind}/${closure.chain ?? '*'}/${closure.target}`, closure);
    }
  }

  /** The strictest closure in force for this node on this chain; null: it may be used. */
  of(chain: string, nodeId: string, operator: string): NodeClosure | null {
    if (this.#byTarget.size === 0) return null;
    let found: NodeClosure | null = null;
    for (const scope of [chain, '*']) {
      for (const key of [`node/${scope}/${nodeId}`, `operator/${scope}/${operator}`]) {
        const closure = this.#byTarget.get(key);
        if (closure === undefined) continue;
        if (closure.expiresAt !== null && closure.expiresAt.getTime() <= this.nowMs()) continue;
        if (closure.mode === 'cordon') return closure;
        found ??= closure;
      }
    }
    return found;
  }
}
