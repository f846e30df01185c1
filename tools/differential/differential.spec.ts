import { expect, it } from 'vitest';
import { compareReadings, DIFFERENTIAL_CASES } from './cases.js';

it.each(DIFFERENTIAL_CASES.map((rule) => [rule.name, rule] as const))(
  'the library and a second reading of the rules agree on every %s',
  (_name, rule) => {
    expect(compareReadings(rule, 400, 20_251)).toEqual({ differences: 0, shown: [] });
  },
);
