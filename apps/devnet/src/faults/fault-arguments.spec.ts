import { describe, expect, it } from 'vitest';
import { FAULTS_HELP, FaultArgumentsError, parseFaultArguments } from './fault-arguments.js';
import { behaviourSchema } from './fault-script.js';

describe('parseFaultArguments', () => {
  it('reads the command line of the documentation', () => {
    expect(parseFaultArguments(['--node', '3', '--latency-ms', '500'])).toEqual({
      kind: 'add',
      url: 'http://127.0.0.1:4300',
      rule: { nodes: [3], probability: 1, afterMs: 0, behaviour: { latencyMs: 500 } },
    });
  });

  it('combines behaviours, bounds and targets', () => {
    const line =
      '--node 0,1 --chain 0021 --method eth_call --lying --drip 10/5 --flap 100/20 --probability 0.5 --after-ms 10 --for-ms 20 --id x';
    expect(parseFaultArguments(line.split(' '))).toMatchObject({
      rule: {
        id: 'x',
        nodes: [0, 1],
        chains: ['0021'],
        methods: ['eth_call'],
        probability: 0.5,
        afterMs: 10,
        forMs: 20,
        behaviour: { lying: true, drip: { chunkBytes: 10, everyMs: 5 }, flap: { upMs: 100, downMs: 20 } },
      },
    });
  });

  it.each([
    [['--node', '1']],
    [['--drop']],
    [['--node', 'x', '--drop']],
    [['--node', '1', '--html', 'no']],
    [['--what']],
  ])('refuses %j with a reason', (words) => {
    expect(() => parseFaultArguments(words)).toThrow(FaultArgumentsError);
  });

  it('has an option, with help, for every behaviour', () => {
    for (const name of Object.keys(behaviourSchema.shape)) {
      const option = `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
      expect(FAULTS_HELP).toContain(`${option} `);
    }
  });
});
