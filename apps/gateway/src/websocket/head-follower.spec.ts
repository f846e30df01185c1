import { describe, expect, it } from 'vitest';
import { refuse, type Refusal } from '../relay/refusal.js';
import type { FollowerListener } from './follower-listener.js';
import { HeadFollower } from './head-follower.js';
import type { Reading } from './relay-reader.js';

interface ScriptedBlock {
  readonly number: string;
  readonly hash: string;
  readonly parentHash: string;
  readonly logsBloom: string;
  readonly transactions: readonly string[];
}

/** A chain that can fork, lag and fail, behind the questions a follower asks. */
class ScriptedChain {
  readonly blocks: ScriptedBlock[] = [];
  readonly asked: string[] = [];
  readonly logs = new Map<string, object[]>();
  /** Answers that come before the true ones. */
  readonly faults: Reading[] = [];

  constructor(height: number) {
    for (let number = 0; number <= height; number += 1) this.mine();
  }

  mine(fork = 'a'): ScriptedBlock {
    const number = this.blocks.length;
    const block = {
      number: `0x${number.toString(16)}`,
      hash: `${fork}${number}`,
      parentHash: this.blocks.at(-1)?.hash ?? 'none',
      logsBloom: `0x${'ff'.repeat(256)}`,
      transactions: ['0x1'],
    };
    this.blocks.push(block);
    return block;
  }

  async read(_payer: unknown, method: string, params: readonly unknown[]): Promise<Reading> {
    await Promise.resolve();
    this.asked.push(method);
    const fault = this.faults.shift();
    if (fault !== undefined) return fault;
    if (method === 'eth_blockNumber') return result(`0x${(this.blocks.length - 1).toString(16)}`);
    if (method === 'eth_getLogs') return result(this.logs.get((params[0] as { blockHash: string }).blockHash) ?? []);
    return result(this.blocks[Number(params[0])] ?? null);
  }
}

const result = (value: unknown): Reading => ({ kind: 'result', value });

class Ears implements FollowerListener {
  readonly heard: Array<Record<string, unknown>> = [];
  readonly troubles: Refusal[] = [];
  readonly payer = (): Refusal => refuse('internal');
  notify(resultJson: string): void {
    this.heard.push(JSON.parse(resultJson) as Record<string, unknown>);
  }
  trouble(refusal: Refusal): void {
    this.troubles.push(refusal);
  }
  get hashes(): unknown[] {
    return this.heard.map((head) => head['hash']);
  }
}

async function following(chain: ScriptedChain, blockTimeMs = 200) {
  let idle = 0;
  const follower = new HeadFollower({ reader: chain, blockTimeMs, gapBlocksMax: 50, onIdle: () => (idle += 1) });
  const ears = new Ears();
  expect(await follower.add({ kind: 'newHeads' }, ears)).toBeNull();
  return { follower, ears, idle: () => idle };
}

const LOGS = { kind: 'logs', filter: { addresses: [], topics: [] }, filterKey: 'all' } as const;

describe('HeadFollower', () => {
  it('begins behind the head and sends every block once, in order, without its body', async () => {
    const chain = new ScriptedChain(3);
    const { ears, follower, idle } = await following(chain);
    for (let count = 0; count < 20; count += 1) chain.mine();
    await expect.poll(() => ears.hashes).toEqual(Array.from({ length: 20 }, (_, index) => `a${index + 4}`));
    expect(ears.heard[0]).not.toHaveProperty('transactions');
    follower.delete(ears);
    expect(idle()).toBe(1);
  });

  it('survives refusals, chain errors, nonsense and lagging nodes without a gap or a repetition', async () => {
    const chain = new ScriptedChain(3);
    const { ears, follower } = await following(chain);
    chain.faults.push(
      { kind: 'refused', refusal: refuse('upstream') },
      { kind: 'refused', refusal: refuse('internal') },
      { kind: 'error', code: -32000, message: 'header not found' },
      result({ number: '0x4' }),
      result({ ...chain.blocks[2] }),
      result(null),
    );
    for (let count = 0; count < 5; count += 1) chain.mine();
    await expect.poll(() => ears.hashes, { timeout: 10_000 }).toEqual(['a4', 'a5', 'a6', 'a7', 'a8']);
    expect(ears.troubles).toEqual([]);
    follower.delete(ears);
  });

  it('follows a reorganisation: removed logs backwards, then the blocks in their place', async () => {
    const chain = new ScriptedChain(3);
    const { ears, follower } = await following(chain);
    const logs = new Ears();
    expect(await follower.add(LOGS, logs)).toBeNull();
    for (const hash of ['a4', 'a5', 'b4']) chain.logs.set(hash, [{ log: hash, blockHash: hash }]);
    chain.mine();
    chain.mine();
    await expect.poll(() => logs.heard).toHaveLength(2);
    chain.blocks.splice(4);
    for (let count = 0; count < 3; count += 1) chain.mine('b');
    await expect.poll(() => ears.hashes).toEqual(['a4', 'a5', 'b4', 'b5', 'b6']);
    await expect
      .poll(() => logs.heard.map((log) => [log['log'], log['removed'] ?? false]))
      .toEqual([
        ['a4', false],
        ['a5', false],
        ['a5', true],
        ['a4', true],
        ['b4', false],
      ]);
    follower.delete(ears);
    follower.delete(logs);
  });

  it('does not believe a block that hangs on nothing the nodes show', async () => {
    const chain = new ScriptedChain(3);
    const { ears, follower } = await following(chain);
    chain.faults.push(result({ number: '0x4', hash: 'lie', parentHash: 'elsewhere', transactions: [] }));
    chain.mine();
    await expect.poll(() => ears.hashes).toEqual(['a4']);
    follower.delete(ears);
  });

  it('says in band, once, that the daily limit is spent, and keeps its place', async () => {
    const chain = new ScriptedChain(3);
    const { ears, follower } = await following(chain);
    chain.faults.push({ kind: 'refused', refusal: refuse('quota') });
    chain.mine();
    await expect.poll(() => ears.troubles.map(({ reason }) => reason)).toEqual(['quota']);
    expect(ears.heard).toEqual([]);
    follower.delete(ears);
  });

  it('tells the first subscriber why it cannot begin, and begins for the next', async () => {
    const chain = new ScriptedChain(1);
    chain.faults.push({ kind: 'refused', refusal: refuse('quota') });
    const follower = new HeadFollower({ reader: chain, blockTimeMs: 200, gapBlocksMax: 50, onIdle: () => undefined });
    expect(await follower.add({ kind: 'newHeads' }, new Ears())).toMatchObject({ reason: 'quota' });
  });

  it('asks once for all subscribers of the same thing', async () => {
    const chain = new ScriptedChain(1);
    const { ears, follower } = await following(chain);
    const others = [new Ears(), new Ears(), new Ears()];
    for (const other of others) await follower.add(LOGS, other);
    const before = chain.asked.filter((method) => method === 'eth_getLogs').length;
    chain.logs.set('a2', [{ log: 1 }]);
    chain.mine();
    await expect.poll(() => others.map((other) => other.heard.length)).toEqual([1, 1, 1]);
    expect(chain.asked.filter((method) => method === 'eth_getLogs').length - before).toBe(1);
    expect(ears.hashes).toEqual(['a2']);
    for (const each of [ears, ...others]) follower.delete(each);
  });
});
