import type { Undo } from './record-table.js';

/** Names of accounts. Every uPOKT of the supply is in exactly one of them. */
export const accounts = {
  /** The other side of mint and burn; the only account below zero: minus the supply. */
  issuance: 'issuance',
  fees: 'pool/fees',
  dao: 'pool/dao',
  of: (addressHex: string): string => `account/${addressHex}`,
  application: (addressHex: string): string => `application/${addressHex}`,
  node: (addressHex: string): string => `node/${addressHex}`,
  basket: (name: string): string => `basket/${name}`,
} as const;

/** One line of an entry. */
export interface Posting {
  readonly account: string;
  readonly amountUpokt: bigint;
}

/** A balanced movement: its postings sum to zero. */
export interface Entry {
  readonly reason: string;
  /** Index of the transaction in its block; null for what the block itself does. */
  readonly transactionIndex: number | null;
  readonly postings: readonly Posting[];
}

/** A rule of bookkeeping would be broken: a defect of the program, never an answer to a user. The block is not committed. */
export class BooksError extends Error {
  override readonly name = 'BooksError';
}

/** Amounts are stored as signed 64-bit integers. */
const BALANCE_LIMIT_UPOKT = 2n ** 63n;

/**
 * Double entry over the current balances. Nothing changes a balance but `post`, and `post` takes only balanced entries that
 * leave no account negative.
 */
export class Books {
  readonly #balances = new Map<string, bigint>();
  readonly #entries: Entry[] = [];
  readonly #undo: Undo;
  /** Transaction that following entries belong to. */
  transactionIndex: number | null = null;

  constructor(undo: Undo, balances: Iterable<readonly [string, bigint]>) {
    this.#undo = undo;
    for (const [account, balance] of balances) this.#balances.set(account, balance);
  }

  /** Current balance in uPOKT; 0 for an account that nothing was ever posted to. */
  balance(account: string): bigint {
    return this.#balances.get(account) ?? 0n;
  }

  /** Everything issued and not burned. */
  get supplyUpokt(): bigint {
    return -this.balance(accounts.issuance);
  }

  /** Moves `amountUpokt` from one account to another. Zero moves nothing and writes nothing. */
  move(reason: string, from: string, to: string, amountUpokt: bigint): void {
    if (amountUpokt < 0n) throw new BooksError(`${reason}: negative amount`);
    if (amountUpokt === 0n || from === to) return;
    this.post(reason, [
      { account: from, amountUpokt: -amountUpokt },
      { account: to, amountUpokt },
    ]);
  }

  /** Writes one entry. Lines of zero are left out; an entry without lines is none. */
  post(reason: string, lines: readonly Posting[]): void {
    const postings = lines.filter((line) => line.amountUpokt !== 0n);
    if (postings.length === 0) return;
    let sum = 0n;
    for (const { amountUpokt } of postings) sum += amountUpokt;
    if (sum !== 0n) throw new BooksError(`${reason}: postings sum to ${sum}`);
    for (const { account, amountUpokt } of postings) {
      const before = this.#balances.get(account);
      const after = (before ?? 0n) + amountUpokt;
      this.#balances.set(account, after);
      this.#undo.push(() => {
        if (before === undefined) this.#balances.delete(account);
        else this.#balances.set(account, before);
      });
    }
    for (const { account } of postings) {
      if (this.balance(account) < 0n && account !== accounts.issuance) {
        throw new BooksError(`${reason}: ${account} would be negative`);
      }
      if (-this.balance(account) >= BALANCE_LIMIT_UPOKT || this.balance(account) >= BALANCE_LIMIT_UPOKT) {
        throw new BooksError(`${reason}: ${account} would exceed 64 bits`);
      }
    }
    this.#entries.push({ reason, transactionIndex: this.transactionIndex, postings });
    this.#undo.push(() => this.#entries.pop());
  }

  /** Current balances of all accounts. */
  balances(): IterableIterator<[string, bigint]> {
    return this.#balances.entries();
  }

  /** Entries since the last call, in order. */
  takeEntries(): Entry[] {
    return this.#entries.splice(0);
  }
}
