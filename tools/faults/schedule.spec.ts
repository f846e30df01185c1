import { describe, expect, it } from 'vitest';
import { ArgumentsError, readArguments } from './arguments.js';
import { ALL_KINDS, planFaults } from './schedule.js';

const options = { seed: 7, faults: 200, kinds: ALL_KINDS, gateways: 2, secondsBetween: 2 };

describe('a schedule', () => {
  it('is the same for the same seed and another for another', () => {
    expect(planFaults(options)).toEqual(planFaults(options));
    expect(planFaults(options)).not.toEqual(planFaults({ ...options, seed: 8 }));
  });

  it('has every kind as often as any other, one more or less', () => {
    const plan = planFaults(options);
    const counts = ALL_KINDS.map((kind) => plan.filter((fault) => fault.kind === kind).length);
    expect(plan).toHaveLength(200);
    expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
  });

  it('keeps gaps within half and one and a half of the mean, and victims within the gateways', () => {
    for (const fault of planFaults(options)) {
      expect(fault.gapMs).toBeGreaterThanOrEqual(1_000);
      expect(fault.gapMs).toBeLessThanOrEqual(3_000);
      expect([0, 1]).toContain(fault.gateway);
    }
  });
});

describe('the command line', () => {
  it('names kinds, seed and number', () => {
    expect(readArguments(['--faults', '200', '--seed', '9', '--only', 'redis-kill,gateway-kill', '--json'])).toEqual({
      faults: 200,
      seed: 9,
      kinds: ['gateway-kill', 'redis-kill'],
      secondsBetween: 2,
      rate: 100,
      json: true,
    });
    expect(readArguments(['--help'])).toBe('help');
  });

  it.each([
    [['--faults', '0'], '--faults must be a whole number from 1 to 100000.'],
    [['--seed'], '--seed needs a value.'],
    [['--only', 'flood'], 'No fault is called "flood".'],
    [['--only', 'constructor'], 'No fault is called "constructor".'],
    [['--fautls', '3'], 'Unknown option --fautls.'],
  ])('refuses %j with a sentence', (words, sentence) => {
    expect(() => readArguments(words)).toThrow(ArgumentsError);
    expect(() => readArguments(words)).toThrow(sentence);
  });
});
