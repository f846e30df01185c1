import { describe, expect, it } from 'vitest';
import { Books, BooksError, accounts } from './books.js';
import { RecordTable, type Undo } from './record-table.js';

function booksWith(upokt: bigint): { books: Books; undo: Undo } {
  const undo: Undo = [];
  const books = new Books(undo, [
    [accounts.issuance, -upokt],
    ['account/a', upokt],
  ]);
  return { books, undo };
}

describe('the books', () => {
  it('take balanced entries and count the supply from issuance', () => {
    const { books } = booksWith(100n);
    books.move('send', 'account/a', 'account/b', 30n);
    books.move('burn', 'account/b', accounts.issuance, 10n);
    expect([books.balance('account/a'), books.balance('account/b'), books.supplyUpokt]).toEqual([70n, 20n, 90n]);
    expect(books.takeEntries()).toHaveLength(2);
    expect(books.takeEntries()).toEqual([]);
  });

  it('refuse an entry that does not sum to zero, a negative amount, an overdraft and an amount beyond 64 bits', () => {
    const refusals = [
      (books: Books) => books.post('x', [{ account: 'account/a', amountUpokt: 1n }]),
      (books: Books) => books.move('x', 'account/a', 'account/b', -1n),
      (books: Books) => books.move('x', 'account/a', 'account/b', 101n),
      (books: Books) => books.move('x', accounts.issuance, 'account/b', 2n ** 63n),
    ];
    for (const refused of refusals) expect(() => refused(booksWith(100n).books)).toThrow(BooksError);
  });

  it('write nothing for nothing', () => {
    const { books } = booksWith(100n);
    books.move('x', 'account/a', 'account/b', 0n);
    books.move('x', 'account/a', 'account/a', 5n);
    expect(books.takeEntries()).toEqual([]);
  });

  it('are as before after an undo, entries included', () => {
    const { books, undo } = booksWith(100n);
    books.move('send', 'account/a', 'account/b', 30n);
    while (undo.length > 0) undo.pop()?.();
    expect([...books.balances()]).toEqual([
      [accounts.issuance, -100n],
      ['account/a', 100n],
    ]);
    expect(books.takeEntries()).toEqual([]);
  });
});

describe('a table of records', () => {
  it('tells what changed in the order of keys, and an undone change is none', () => {
    const undo: Undo = [];
    const table = new RecordTable<number>(undo);
    table.load('a', 1);
    table.set('b', 2);
    const checkpoint = undo.length;
    table.set('a', 9);
    table.delete('b');
    while (undo.length > checkpoint) undo.pop()?.();
    table.set('c', 3);
    table.delete('c');
    expect(table.takeChanges()).toEqual([
      ['b', 2],
      ['c', undefined],
    ]);
    expect(table.get('a')).toBe(1);
  });
});
