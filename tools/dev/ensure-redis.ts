import { ensureRedisBinary } from './redis-binary.js';

// For `npm test`: prints the path of a Redis server on standard output, and everything for people on standard error.
try {
  console.log(
    ensureRedisBinary((sentence) => console.error(sentence), {
      REDIS_SERVER: process.env['REDIS_SERVER'],
      PATH: process.env['PATH'],
    }),
  );
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
