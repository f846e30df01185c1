// One gateway's limiter as a process of its own: node quota-process.mjs <redis url> <application> <limit> <offered> <style> <seed>
// Prints one line of JSON, { admitted: { day: units }, refused, unavailable }, when it has offered everything and returned its lease.
import { randomUUID } from 'node:crypto';
import { queueConnection } from '../../dist/libs/queues/src/index.js';
import { RedisDailyLimiter } from '../../dist/libs/quota/src/index.js';

const [url, applicationId, limitText, offeredText, style, seedText] = process.argv.slice(2);
const limit = Number(limitText);
const offered = Number(offeredText);
let state = Number(seedText) >>> 0;
const random = () => {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  return state / 4_294_967_296;
};
const redis = queueConnection(url, 'producer');
await new Promise((resolve) => redis.once('ready', resolve));
const limiter = new RedisDailyLimiter({ redis, instanceId: randomUUID(), settleMs: 600, sweepMs: 50, waitMs: 4_000 });
const result = { admitted: {}, refused: 0, unavailable: 0 };
process.stdout.write('ready\n');
await new Promise((resolve) => process.stdin.once('data', resolve));
for (let done = 0; done < offered;) {
  const width = style === 'burst' ? 1 + Math.floor(random() * 200) : 5;
  const round = Array.from({ length: width }, () => (style === 'batch' ? 1 + Math.floor(random() * 20) : 1));
  const answers = await Promise.all(round.map((units) => limiter.admit(applicationId, units, limit)));
  for (const [at, answer] of answers.entries()) {
    done += round[at];
    if (answer.admitted) result.admitted[answer.day] = (result.admitted[answer.day] ?? 0) + round[at];
    else result[answer.reason === 'spent' ? 'refused' : 'unavailable'] += round[at];
  }
  await new Promise((resolve) => setTimeout(resolve, style === 'burst' ? 20 * random() : 2));
}
await limiter.drain();
process.stdout.write(`${JSON.stringify(result)}\n`);
redis.disconnect();
process.stdin.destroy();
