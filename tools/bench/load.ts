import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PinnedProcess } from './pinned-process.js';
import type { LoadJob, LoadResult } from './programs/load-job.js';

const PROGRAMS = fileURLToPath(new URL('programs/', import.meta.url));
/** A load generator that has not come back this long after its time has hung. */
const SLACK_MS = 30_000;

/** Path of a program of the benchmark as it was built. */
export function builtProgram(name: string): string {
  return join(PROGRAMS, `${name}.js`);
}

/** Where load comes from. */
export interface LoadSource {
  readonly directory: string;
  readonly core: number;
  /** wrk, which takes less of the shared core than Node does; null: our own generator does everything. */
  readonly wrk: string | null;
}

let jobs = 0;

/** Runs one job to its end on the load generators' core. */
export async function runLoad(source: LoadSource, job: LoadJob): Promise<LoadResult> {
  const file = join(source.directory, `job-${(jobs += 1)}`);
  const usesWrk = source.wrk !== null && job.ratePerSecond === null && job.transport === 'http';
  writeFileSync(file, usesWrk ? wrkScript(job) : JSON.stringify(job));
  const generator = new PinnedProcess({
    name: usesWrk ? 'wrk' : 'loader',
    core: source.core,
    command: usesWrk ? (source.wrk ?? '') : process.execPath,
    args: usesWrk ? wrkArguments(job, file) : [builtProgram('loader'), file],
  });
  const result = await generator.firstJson<LoadResult>((job.seconds + job.warmSeconds) * 1_000 + SLACK_MS);
  await generator.ended();
  return result;
}

function wrkArguments(job: LoadJob, script: string): string[] {
  return ['-t1', `-c${job.connections}`, `-d${job.seconds}s`, '-s', script, `http://127.0.0.1:${job.port}`];
}

/** wrk counts everything it does as one time; what is sent and how it reports stands in Lua. */
function wrkScript(job: LoadJob): string {
  const paths = job.paths.map((path) => `"${path}"`).join(',\n');
  return `local paths = {${paths}}
local at = 0
wrk.method = "POST"
wrk.body = [==[${job.body}]==]
wrk.headers["Content-Type"] = "application/json"
local prepared = nil
function init()
  if #paths == 1 then prepared = wrk.format(nil, paths[1]) end
end
function request()
  if prepared then return prepared end
  at = at % #paths + 1
  return wrk.format(nil, paths[at])
end
function done(summary, latency, requests)
  local e = summary.errors
  io.write(string.format('{"answers":%d,"seconds":%f,"answersInAll":%d,"p50Us":%d,"p99Us":%d,"failures":%d}\\n',
    summary.requests, summary.duration / 1000000, summary.requests, latency:percentile(50), latency:percentile(99),
    e.connect + e.read + e.write + e.status + e.timeout))
end
`;
}
