import { afterAll, describe, expect, it } from 'vitest';
import { isSound } from '../../tools/limits/campaign.js';
import { LIMIT_CASES, type LimitCase, runLimitCase } from '../../tools/limits/cases.js';
import { Gateways } from '../../tools/limits/gateways.js';

/** `npm run limits -- --seeds 20` runs 1, 4 and 8 processes with every seed. */
const PROCESSES = 4;

/** `quota-midnight.spec.ts` looks at the leap day. */
const cases = (Object.entries(LIMIT_CASES) as Array<[LimitCase, string]>).filter(([name]) => name !== 'leap-day');

const gateways = Gateways.start(PROCESSES);
afterAll(() => gateways.kill());

describe(`${PROCESSES} gateway processes`, () => {
  it.each(cases)(
    'admit no unit too many and leave none unused but what they hold: %s (%s)',
    async (name) => {
      const outcome = await runLimitCase({ case: name, processes: PROCESSES, seed: 1 }, gateways);
      expect(isSound(outcome), JSON.stringify(outcome)).toBe(true);
    },
    60_000,
  );
});
