import { Books, type Entry } from './books.js';
import { RecordTable, type Undo } from './record-table.js';
import { RECORD_KINDS, type RecordByKind, type RecordKind, decodeRecord, encodeRecord } from './records.js';

/** A record as the store keeps it. */
export interface StoredRecord {
  readonly kind: RecordKind;
  readonly key: string;
  readonly json: unknown;
}

/** What a block changed. */
export interface StateChanges {
  readonly records: ReadonlyArray<{ kind: RecordKind; key: string; /** null: removed. */ json: string | null }>;
  readonly entries: readonly Entry[];
}

/**
 * The state of the chain at its head, in memory: the producer is alone, so nobody else can change it. What is read at earlier
 * heights comes from the store (`History`).
 */
export class ChainState {
  readonly #undo: Undo = [];
  readonly #tables: { readonly [K in RecordKind]: RecordTable<RecordByKind[K]> };
  readonly books: Books;

  constructor(records: Iterable<StoredRecord>, balances: Iterable<readonly [string, bigint]>) {
    this.#tables = {
      application: new RecordTable(this.#undo),
      node: new RecordTable(this.#undo),
      claim: new RecordTable(this.#undo),
      parameter: new RecordTable(this.#undo),
      basket: new RecordTable(this.#undo),
      backing: new RecordTable(this.#undo),
    };
    this.books = new Books(this.#undo, balances);
    for (const { kind, key, json } of records) {
      (this.#tables[kind] as RecordTable<RecordByKind[RecordKind]>).load(key, decodeRecord(kind, json));
    }
  }

  get applications(): RecordTable<RecordByKind['application']> {
    return this.#tables.application;
  }
  get nodes(): RecordTable<RecordByKind['node']> {
    return this.#tables.node;
  }
  get claims(): RecordTable<RecordByKind['claim']> {
    return this.#tables.claim;
  }
  get parameters(): RecordTable<RecordByKind['parameter']> {
    return this.#tables.parameter;
  }
  get baskets(): RecordTable<RecordByKind['basket']> {
    return this.#tables.basket;
  }
  get backings(): RecordTable<RecordByKind['backing']> {
    return this.#tables.backing;
  }

  /** A point to come back to with `rollback`, until the block's changes are taken. */
  checkpoint(): number {
    return this.#undo.length;
  }

  rollback(checkpoint: number): void {
    while (this.#undo.length > checkpoint) this.#undo.pop()?.();
  }

  /** Everything changed since the last call; from here on it cannot be undone. */
  takeChanges(): StateChanges {
    const records: Array<{ kind: RecordKind; key: string; json: string | null }> = [];
    for (const kind of RECORD_KINDS) {
      for (const [key, record] of this.#tables[kind].takeChanges()) {
        records.push({ kind, key, json: record === undefined ? null : encodeRecord(record) });
      }
    }
    const entries = this.books.takeEntries();
    this.#undo.length = 0;
    return { records, entries };
  }
}
