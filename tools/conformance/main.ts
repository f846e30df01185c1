import { readFileSync } from 'node:fs';
import { checkVectors } from './run.js';

/** `npm run conformance -- <file>`: exit code 0 when every vector passes and nothing was unknown, 1 else, 2 for misuse. */
function main(path: string | undefined): number {
  if (path === undefined) {
    process.stderr.write('usage: npm run conformance -- <vectors.json>\n');
    return 2;
  }
  let report;
  try {
    report = checkVectors(readFileSync(path));
  } catch (error) {
    process.stderr.write(`${path}: ${error instanceof Error ? error.message : String(error)}\n`);
    return 2;
  }
  process.stdout.write(`${report.format()}\n`);
  return report.failed === 0 && report.unknown === 0 && report.passed > 0 ? 0 : 1;
}

process.exitCode = main(process.argv[2]);
