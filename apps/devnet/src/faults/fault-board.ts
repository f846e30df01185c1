import type { Behaviour, FaultRule, FaultScript } from './fault-script.js';

/** What a request is matched by; `chain` and `methods` are known for relays only. */
export interface FaultTarget {
  readonly node: number;
  readonly chain?: string;
  readonly methods?: readonly string[];
}

interface InstalledRule {
  readonly rule: FaultRule;
  readonly installedAtMs: number;
}

/**
 * The faults in force. Draws come from one generator per node, seeded by the script, so that a run with the same order
 * of requests per node repeats. Merged behaviours of several matching rules combine; the later rule wins per behaviour.
 */
export class FaultBoard {
  #rules: InstalledRule[] = [];
  #seed = 1;
  readonly #generators = new Map<number, () => number>();

  /** @param clock milliseconds that only grow. */
  constructor(private readonly clock: () => number = () => performance.now()) {}

  /** True while any rule is installed; lets the relay path skip everything else. */
  get active(): boolean {
    return this.#rules.length > 0;
  }

  /** Replaces every rule and starts the draws anew. */
  install(script: FaultScript): void {
    this.#seed = script.seed;
    this.#generators.clear();
    this.#rules = script.rules.map((rule) => ({ rule, installedAtMs: this.clock() }));
  }

  /** Adds rules; one with the id of an installed rule replaces it. */
  add(rules: readonly FaultRule[]): void {
    const replaced = new Set(rules.map((rule) => rule.id).filter((id) => id !== undefined));
    this.#rules = [
      ...this.#rules.filter(({ rule }) => rule.id === undefined || !replaced.has(rule.id)),
      ...rules.map((rule) => ({ rule, installedAtMs: this.clock() })),
    ];
  }

  /** Removes the rule of this id, or all. Returns how many went. */
  remove(id?: string): number {
    const before = this.#rules.length;
    this.#rules = id === undefined ? [] : this.#rules.filter(({ rule }) => rule.id !== id);
    return before - this.#rules.length;
  }

  /** The rules with what is left of their time; ended ones are dropped. */
  describe(): {
    readonly seed: number;
    readonly rules: ReadonlyArray<FaultRule & { readonly state: 'pending' | 'active' }>;
  } {
    const now = this.clock();
    this.#rules = this.#rules.filter((installed) => phase(installed, now) !== 'ended');
    return {
      seed: this.#seed,
      rules: this.#rules.map((installed) => ({
        ...installed.rule,
        state: phase(installed, now) === 'active' ? ('active' as const) : ('pending' as const),
      })),
    };
  }

  /** What strikes this request; null when nothing does. Each call draws, so call once per request. */
  strike(target: FaultTarget): Behaviour | null {
    if (this.#rules.length === 0) return null;
    const now = this.clock();
    let merged: Behaviour | null = null as Behaviour | null;
    for (const installed of this.#rules) {
      const { rule } = installed;
      if (!matches(rule, target) || phase(installed, now) !== 'active') continue;
      if (rule.probability < 1 && this.draw(target.node) >= rule.probability) continue;
      const { flap, ...behaviour } = rule.behaviour;
      if (flap !== undefined) {
        const age = now - installed.installedAtMs - rule.afterMs;
        if (age % (flap.upMs + flap.downMs) >= flap.upMs) behaviour.drop = true;
      }
      if (Object.keys(behaviour).length > 0) merged = merged === null ? behaviour : { ...merged, ...behaviour };
    }
    return merged;
  }

  /** An evenly drawn number in [0, 1) of this node's generator. */
  draw(node: number): number {
    let generator = this.#generators.get(node);
    if (generator === undefined) {
      generator = mulberry32(this.#seed ^ Math.imul(node + 1, 0x9e37_79b1));
      this.#generators.set(node, generator);
    }
    return generator();
  }
}

function matches(rule: FaultRule, target: FaultTarget): boolean {
  if (rule.nodes !== 'all' && !rule.nodes.includes(target.node)) return false;
  if (rule.chains !== undefined && (target.chain === undefined || !rule.chains.includes(target.chain))) return false;
  return rule.methods === undefined || (target.methods?.some((method) => rule.methods!.includes(method)) ?? false);
}

function phase({ rule, installedAtMs }: InstalledRule, now: number): 'pending' | 'active' | 'ended' {
  const age = now - installedAtMs - rule.afterMs;
  if (age < 0) return 'pending';
  return rule.forMs !== undefined && age >= rule.forMs ? 'ended' : 'active';
}

/** A small seeded generator; faults need repeatability, not secrecy. */
function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b_79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
