import { describe, expect, it } from 'vitest';
import { FaultBoard } from './fault-board.js';
import { faultScriptSchema } from './fault-script.js';
import { methodsOf, rewindRequest, tamperAnswer } from './tamper.js';

function board(script: unknown, clock = { nowMs: 0 }): FaultBoard {
  const created = new FaultBoard(() => clock.nowMs);
  created.install(faultScriptSchema.parse(script));
  return created;
}

describe('FaultBoard', () => {
  it('strikes the named nodes, chains and methods only', () => {
    const faults = board({
      rules: [{ nodes: [3], chains: ['0021'], methods: ['eth_call'], behaviour: { lying: true } }],
    });
    const relay = { node: 3, chain: '0021', methods: ['eth_call'] };
    expect(faults.strike(relay)).toEqual({ lying: true });
    expect(faults.strike({ ...relay, node: 2 })).toBeNull();
    expect(faults.strike({ ...relay, chain: '0040' })).toBeNull();
    expect(faults.strike({ ...relay, methods: ['eth_chainId'] })).toBeNull();
    expect(faults.strike({ node: 3 })).toBeNull();
  });

  it('combines the behaviours of several rules, the later one winning', () => {
    const faults = board({
      rules: [
        { nodes: 'all', behaviour: { latencyMs: 10, lying: true } },
        { nodes: [0], behaviour: { latencyMs: 20 } },
      ],
    });
    expect(faults.strike({ node: 0 })).toEqual({ latencyMs: 20, lying: true });
  });

  it('repeats its draws with the same seed and changes them with another', () => {
    const draws = (seed: number) => {
      const faults = board({ seed, rules: [{ nodes: 'all', probability: 0.5, behaviour: { drop: true } }] });
      return Array.from({ length: 64 }, () => faults.strike({ node: 1 }) !== null);
    };
    expect(draws(7)).toEqual(draws(7));
    expect(draws(7)).not.toEqual(draws(8));
    expect(draws(7).filter(Boolean).length).toBeGreaterThan(16);
  });

  it('keeps to the time bounds', () => {
    const clock = { nowMs: 1_000 };
    const faults = board({ rules: [{ nodes: 'all', afterMs: 100, forMs: 50, behaviour: { drop: true } }] }, clock);
    const struckAt = (ms: number) => {
      clock.nowMs = 1_000 + ms;
      return faults.strike({ node: 0 }) !== null;
    };
    expect([0, 99, 100, 149, 150].map(struckAt)).toEqual([false, false, true, true, false]);
    expect(faults.describe().rules).toEqual([]);
  });

  it('flaps: drops in the down part of each period and keeps the other behaviours in both', () => {
    const clock = { nowMs: 0 };
    const faults = board(
      { rules: [{ nodes: 'all', behaviour: { latencyMs: 5, flap: { upMs: 30, downMs: 10 } } }] },
      clock,
    );
    const at = (ms: number) => {
      clock.nowMs = ms;
      return faults.strike({ node: 0 });
    };
    expect([0, 29, 30, 39, 40].map(at)).toEqual([
      { latencyMs: 5 },
      { latencyMs: 5 },
      { latencyMs: 5, drop: true },
      { latencyMs: 5, drop: true },
      { latencyMs: 5 },
    ]);
  });

  it('replaces a rule of the same id and removes by id', () => {
    const faults = board({ rules: [{ id: 'slow', nodes: [1], behaviour: { latencyMs: 1 } }] });
    faults.add(faultScriptSchema.parse({ rules: [{ id: 'slow', nodes: [1], behaviour: { latencyMs: 2 } }] }).rules);
    expect(faults.strike({ node: 1 })).toEqual({ latencyMs: 2 });
    expect(faults.remove('other')).toBe(0);
    expect(faults.remove('slow')).toBe(1);
    expect(faults.active).toBe(false);
  });
});

describe('tamperAnswer', () => {
  const request = '{"jsonrpc":"2.0","id":1,"method":"eth_chainId","params":[]}';
  const answer = '{"jsonrpc":"2.0","id":1,"result":"0x7a69"}';
  const change = (behaviour: object, from = answer, asked = request) =>
    JSON.parse(tamperAnswer(behaviour, asked, from, null)) as { id: unknown; result: unknown };

  it('changes the id, the chain or the result and nothing else', () => {
    expect(change({ wrongId: true })).toEqual({ jsonrpc: '2.0', id: 2, result: '0x7a69' });
    expect(change({ wrongChain: true })).toEqual({ jsonrpc: '2.0', id: 1, result: '0x38' });
    expect(change({ lying: true })).toEqual({ jsonrpc: '2.0', id: 1, result: '0x7a61' });
    expect(change({ nullResult: true })).toEqual({ jsonrpc: '2.0', id: 1, result: null });
    expect(String(change({ oversizedBytes: 1_000 }).result)).toHaveLength(1_002);
  });

  it('lies in every item of a batch', () => {
    const batch = tamperAnswer({ lying: true }, `[${request}]`, `[${answer}]`, null);
    expect(JSON.parse(batch)).toEqual([{ jsonrpc: '2.0', id: 1, result: '0x7a61' }]);
  });

  it('leaves an error of the chain alone', () => {
    const error = '{"jsonrpc":"2.0","id":1,"error":{"code":-32601,"message":"no"}}';
    expect(JSON.parse(tamperAnswer({ lying: true }, request, error, null))).toEqual(JSON.parse(error));
  });
});

describe('rewindRequest', () => {
  it('asks for the old height where the caller asks for a tag or for none', () => {
    expect(rewindRequest('{"id":1,"method":"eth_getBlockByNumber","params":["latest",false]}', 16)).toBe(
      '{"id":1,"method":"eth_getBlockByNumber","params":["0x10",false]}',
    );
    expect(rewindRequest('[{"id":1,"method":"eth_getBalance","params":["0xab"]}]', 16)).toBe(
      '[{"id":1,"method":"eth_getBalance","params":["0xab","0x10"]}]',
    );
  });

  it('finds the methods of single calls, batches and other data', () => {
    expect(methodsOf('{"method":"a"}')).toEqual(['a']);
    expect(methodsOf('[{"method":"a"},{"method":"b"}]')).toEqual(['a', 'b']);
    expect(methodsOf('GET')).toEqual([]);
  });
});
