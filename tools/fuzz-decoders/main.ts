import { fuzz } from './fuzz.js';
import { FUZZ_TARGETS } from './targets.js';

/** `node dist/tools/fuzz-decoders/main.js [inputs per decoder] [seed] [decoder]`: exit code 1 when an error escaped or a call was slow. */
function main(count: number, seed: number, only: string | undefined): number {
  let isFine = true;
  for (const target of FUZZ_TARGETS) {
    if (only !== undefined && target.name !== only) continue;
    const result = fuzz(target, count, seed);
    const fine = result.escaped.length === 0 && result.slowestAgainMs < 50;
    isFine &&= fine;
    process.stdout.write(
      `${result.name.padEnd(22)} ${result.inputs} inputs, ${result.decoded} decoded, ${result.escaped.length} escaped errors, ` +
        `slowest call ${result.slowestMs.toFixed(1)} ms (repeated: ${result.slowestAgainMs.toFixed(1)} ms)\n`,
    );
    for (const line of result.escaped) process.stdout.write(`  ${line}\n`);
  }
  return isFine ? 0 : 1;
}

process.exitCode = main(Number(process.argv[2] ?? 1_000_000), Number(process.argv[3] ?? 1), process.argv[4]);
