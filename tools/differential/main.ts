import { compareReadings, DIFFERENTIAL_CASES } from './cases.js';

/** `node dist/tools/differential/main.js [cases per rule] [seed]`: exit code 1 when the two readings differ anywhere. */
function main(count: number, seed: number): number {
  let total = 0;
  for (const rule of DIFFERENTIAL_CASES) {
    const start = performance.now();
    const { differences, shown } = compareReadings(rule, count, seed);
    total += differences;
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    process.stdout.write(`${rule.name.padEnd(10)} ${count} cases, ${differences} differences, ${seconds} s\n`);
    for (const line of shown) process.stdout.write(`  ${line}\n`);
  }
  return total === 0 ? 0 : 1;
}

process.exitCode = main(Number(process.argv[2] ?? 100_000), Number(process.argv[3] ?? 1));
