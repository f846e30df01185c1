import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import type { Admission, DailyLimiter } from '../daily-limiter.js';

/** Several limiters on the same counters, as several gateways on one Redis. */
export interface LimiterWorld {
  /** Opens one more limiter, as one more process would. */
  open(): Promise<DailyLimiter>;
  /** An application no other test uses. */
  newApplicationId(): string;
  /** Ends everything that was opened. */
  close(): Promise<void>;
}

/** What every {@link DailyLimiter} promises; each implementation runs it. */
export function dailyLimiterContract(name: string, createWorld: () => Promise<LimiterWorld>, propertyRuns = 30): void {
  describe(`daily limiter contract: ${name}`, () => {
    let world: LimiterWorld;
    const setUp = async (limiters: number): Promise<DailyLimiter[]> => {
      world = await createWorld();
      return Promise.all(Array.from({ length: limiters }, () => world.open()));
    };
    const setUpOne = async (): Promise<DailyLimiter> => {
      const [limiter] = await setUp(1);
      if (limiter === undefined) throw new Error('no limiter was opened');
      return limiter;
    };
    afterEach(() => world.close());

    const unitsAdmitted = async (answers: ReadonlyArray<Admission | Promise<Admission>>, units = 1): Promise<number> =>
      (await Promise.all(answers.map((answer) => Promise.resolve(answer)))).filter((answer) => answer.admitted).length *
      units;

    it.each([1, 4, 8])('admits exactly 1,000 of 6,000 over %i limiters at once', async (count) => {
      const limiters = await setUp(count);
      const id = world.newApplicationId();
      let admitted = 0;
      for (let round = 0; round < 6_000 / (count * 25); round += 1) {
        admitted += await unitsAdmitted(
          limiters.flatMap((limiter) => Array.from({ length: 25 }, () => limiter.admit(id, 1, 1_000))),
        );
      }
      expect(admitted).toBe(1_000);
    });

    it('tells the day, the use, the limit and the reset when the limit is spent', async () => {
      const limiter = await setUpOne();
      const id = world.newApplicationId();
      const first = await limiter.admit(id, 3, 3);
      const refused = await limiter.admit(id, 1, 3);
      expect(first).toMatchObject({ admitted: true, day: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) });
      if (refused.admitted) throw new Error('admitted beyond the limit');
      expect(refused).toMatchObject({ reason: 'spent', used: 3, limit: 3, day: first.day });
      expect(new Date(refused.resetAtMs).toISOString()).toMatch(/T00:00:00\.000Z$/);
      expect(refused.resetAtMs - Date.parse(first.day)).toBe(86_400_000);
    });

    it('tells the same day to every application', async () => {
      const limiter = await setUpOne();
      const { day } = await limiter.admit(world.newApplicationId(), 1, 10);
      const id = world.newApplicationId();
      expect(await limiter.admit(id, 1, 10)).toEqual({ admitted: true, day });
      expect(await limiter.admit(id, 1, 0)).toMatchObject({ admitted: false, day });
    });

    it('admits a batch as a whole or not at all, and smaller requests after it was refused', async () => {
      const limiter = await setUpOne();
      const id = world.newApplicationId();
      expect((await limiter.admit(id, 70, 100)).admitted).toBe(true);
      expect((await limiter.admit(id, 31, 100)).admitted).toBe(false);
      expect((await limiter.admit(id, 30, 100)).admitted).toBe(true);
      expect((await limiter.admit(id, 1, 100)).admitted).toBe(false);
    });

    it('serves concurrent requests in the order they came', async () => {
      const limiter = await setUpOne();
      const id = world.newApplicationId();
      const answers = await Promise.all([4, 4, 4, 2, 1].map((units) => Promise.resolve(limiter.admit(id, units, 10))));
      expect(answers.map((answer) => answer.admitted)).toEqual([true, true, false, true, false]);
    });

    it('applies a raised limit at once and a lowered one to what is left', async () => {
      const limiter = await setUpOne();
      const id = world.newApplicationId();
      expect((await limiter.admit(id, 10, 10)).admitted).toBe(true);
      expect((await limiter.admit(id, 1, 10)).admitted).toBe(false);
      expect((await limiter.admit(id, 1, 20)).admitted).toBe(true);
      expect((await limiter.admit(id, 1, 11)).admitted).toBe(false);
      expect((await limiter.admit(id, 1, 5)).admitted).toBe(false);
      expect((await limiter.admit(id, 9, 20)).admitted).toBe(true);
      expect((await limiter.admit(id, 1, 20)).admitted).toBe(false);
    });

    it('refuses everything under a limit of 0', async () => {
      const limiter = await setUpOne();
      expect(await limiter.admit(world.newApplicationId(), 1, 0)).toMatchObject({
        admitted: false,
        reason: 'spent',
        limit: 0,
      });
    });

    it('gives refunded units out again', async () => {
      const limiter = await setUpOne();
      const id = world.newApplicationId();
      const admission = await limiter.admit(id, 5, 5);
      expect((await limiter.admit(id, 1, 5)).admitted).toBe(false);
      limiter.refund(id, 2, admission.day);
      expect((await limiter.admit(id, 2, 5)).admitted).toBe(true);
      expect((await limiter.admit(id, 1, 5)).admitted).toBe(false);
    });

    it('ignores a refund for a day it does not know', async () => {
      const limiter = await setUpOne();
      const id = world.newApplicationId();
      await limiter.admit(id, 5, 5);
      limiter.refund(id, 5, '2001-01-01');
      limiter.refund(world.newApplicationId(), 5, '2001-01-01');
      expect((await limiter.admit(id, 1, 5)).admitted).toBe(false);
    });

    it('tells where the day stands', async () => {
      const limiter = await setUpOne();
      const id = world.newApplicationId();
      expect(await limiter.peek(id, 100)).toMatchObject({ used: 0, remaining: 100 });
      await limiter.admit(id, 40, 100);
      expect(await limiter.peek(id, 100)).toMatchObject({ used: 40, remaining: 60 });
      expect(limiter.standing(id, 100)).toMatchObject({ used: 40, remaining: 60 });
      expect(await limiter.peek(id, 30)).toMatchObject({ used: 30, remaining: 0 });
    });

    it('leaves nothing withheld after a drain, and admits nothing more itself', async () => {
      const [first, second] = (await setUp(2)) as [DailyLimiter, DailyLimiter];
      const id = world.newApplicationId();
      for (let n = 0; n < 300; n += 1) await first.admit(id, 1, 1_000);
      await first.drain();
      await first.drain();
      expect(await first.admit(id, 1, 1_000)).toMatchObject({ admitted: false, reason: 'unavailable' });
      expect((await second.admit(id, 700, 1_000)).admitted).toBe(true);
      expect((await second.admit(id, 1, 1_000)).admitted).toBe(false);
    });

    it.each([0, -1, 1.5, Number.NaN, 1e13])('refuses %d units as a programming error', async (units) => {
      const limiter = await setUpOne();
      expect(() => limiter.admit(world.newApplicationId(), units, 10)).toThrow(RangeError);
    });

    it('never admits more than the limit, whatever the costs, refunds and interleavings', async () => {
      await setUp(0);
      const step = fc.record({
        limiter: fc.nat({ max: 2 }),
        units: fc.integer({ min: 1, max: 40 }),
        refund: fc.boolean(),
        wait: fc.boolean(),
      });
      const limiters = await Promise.all([world.open(), world.open(), world.open()]);
      await fc.assert(
        fc.asyncProperty(fc.array(step, { maxLength: 80 }), fc.integer({ min: 0, max: 500 }), async (steps, limit) => {
          const id = world.newApplicationId();
          let kept = 0;
          const open: Array<Promise<void>> = [];
          for (const { limiter: index, units, refund, wait } of steps) {
            const limiter = limiters[index] as DailyLimiter;
            const answered = Promise.resolve(limiter.admit(id, units, limit)).then((answer) => {
              if (!answer.admitted) return;
              kept += units;
              expect(kept).toBeLessThanOrEqual(limit);
              if (!refund) return;
              kept -= units;
              limiter.refund(id, units, answer.day);
            });
            open.push(answered);
            if (wait) await answered;
          }
          await Promise.all(open);
          expect(kept).toBeLessThanOrEqual(limit);
        }),
        { numRuns: propertyRuns },
      );
    });
  });
}
