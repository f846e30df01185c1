import { transactionHashHex } from '#libs/protocol';
import { describe, expect, it } from 'vitest';
import { MemoryChain } from '../testing/memory-chain.js';
import { HISTORY_GENESIS, RandomHistory } from '../testing/random-history.js';
import { accounts } from './books.js';

/** Histories of a usual run; `LEDGER_HISTORIES=10000` is the long one. */
const HISTORIES = Number(process.env['LEDGER_HISTORIES'] ?? 150);
const BLOCKS = 14;
const hashOf = (bytes: Buffer): string => transactionHashHex(bytes);

/** Everything that must hold after every block; throws with what does not. */
function checkState(chain: MemoryChain): void {
  const { state } = chain;
  let sum = 0n;
  for (const [account, balance] of state.books.balances()) {
    sum += balance;
    if (balance < 0n && account !== accounts.issuance) throw new Error(`${account} has ${balance}`);
  }
  if (sum !== 0n) throw new Error(`all accounts sum to ${sum}`);
  for (const [address, { stakedUpokt }] of state.nodes.entries()) {
    if (state.books.balance(accounts.node(address)) !== stakedUpokt)
      throw new Error(`node ${address}: stake and account differ`);
  }
  const backed = new Map<string, bigint>();
  const inBaskets = new Map<string, bigint>();
  for (const [, { target, amountUpokt, untilHeight }] of state.backings.entries()) {
    if (untilHeight !== null) continue;
    const [kind, name = ''] = target.split('/');
    const sums = kind === 'basket' ? inBaskets : backed;
    sums.set(name, (sums.get(name) ?? 0n) + amountUpokt);
  }
  for (const [name, basket] of state.baskets.entries()) {
    let allocated = 0n;
    for (const [member, text] of Object.entries(basket.allocated)) {
      allocated += BigInt(text);
      backed.set(member, (backed.get(member) ?? 0n) + BigInt(text));
    }
    const idle = state.books.balance(accounts.basket(name));
    if (allocated + idle !== (inBaskets.get(name) ?? 0n))
      throw new Error(`basket ${name} does not hold what was added`);
  }
  for (const [address, application] of state.applications.entries()) {
    const { stakedUpokt, backedUpokt } = application;
    if (state.books.balance(accounts.application(address)) !== stakedUpokt)
      throw new Error(`application ${address}: stake and account differ`);
    if (backedUpokt > stakedUpokt)
      throw new Error(`application ${address}: more was added on its behalf than is there`);
    if ((backed.get(address) ?? 0n) !== backedUpokt)
      throw new Error(`application ${address}: its backings are not on record`);
  }
}

describe('random histories', () => {
  it(`${HISTORIES} of them: supply balances, nobody is paid twice, nothing is negative, and neither crash nor replay changes anything`, async () => {
    const outcomes = new Map<string, number>();
    for (let seed = 1; seed <= HISTORIES; seed += 1) {
      const chain = new MemoryChain(HISTORY_GENESIS);
      const story = new RandomHistory(seed);
      const blocks: Array<{ timeMs: number; transactions: Buffer[] }> = [];
      const settled = new Set<string>();
      let supplyUpokt = chain.state.books.supplyUpokt;
      for (let height = 0; height < BLOCKS; height += 1) {
        const transactions = await story.next(chain.history, height);
        const timeMs = HISTORY_GENESIS.timeMs + 2_000 * (height + 1);
        blocks.push({ timeMs, transactions });
        const block = await chain.produce(timeMs, transactions, hashOf);
        supplyUpokt += block.mintedUpokt - block.burnedUpokt;
        expect(chain.state.books.supplyUpokt).toBe(supplyUpokt);
        checkState(chain);
        for (const settlement of block.settlements) {
          const key = `${settlement.nodeAddressHex}/${block.headerHashes.get(settlement) ?? ''}/${settlement.evidenceType}`;
          expect(settled.has(key)).toBe(false);
          settled.add(key);
          const kind = `settled ${settlement.evidenceType} ${settlement.outcome}`;
          outcomes.set(kind, (outcomes.get(kind) ?? 0) + 1);
        }
        for (const { messageType, code, codespace } of block.transactions) {
          const outcome = `${messageType} ${codespace}${code}`;
          outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
        }
        if (story.dice.below(6) === 0) chain.crash();
      }
      const replay = new MemoryChain(HISTORY_GENESIS);
      for (const { timeMs, transactions } of blocks) await replay.produce(timeMs, transactions, hashOf);
      expect({ seed, stateHash: replay.head.stateHash }).toEqual({ seed, stateHash: chain.head.stateHash });
    }
    // The histories are worth something only if everything really happened in them.
    const happened = (outcome: string): number => outcomes.get(outcome) ?? 0;
    for (const type of [
      'pos/Send',
      'apps/MsgAppStake',
      'apps/MsgAppBeginUnstake',
      'pos/MsgStake',
      'pos/MsgBeginUnstake',
      'pos/MsgUnjail',
      'pocketcore/claim',
      'pocketcore/proof',
      'gov/msg_change_param',
    ]) {
      expect({ type, happened: happened(`${type} 0`) > 0 }).toEqual({ type, happened: true });
    }
    expect(happened('pocketcore/proof pocketcore86')).toBeGreaterThan(0);
    for (const kind of ['settled 1 paid', 'settled 1 replay', 'settled 2 paid']) {
      expect({ kind, happened: happened(kind) > 0 }).toEqual({ kind, happened: true });
    }
    expect([...outcomes.keys()].filter((outcome) => outcome.endsWith(' sdk1')).length).toBeLessThanOrEqual(3);
  }, 3_600_000);
});
