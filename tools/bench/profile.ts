import { readFileSync } from 'node:fs';

interface CpuProfile {
  readonly nodes: ReadonlyArray<{
    readonly id: number;
    readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number };
  }>;
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

/** Functions listed by name. */
const FUNCTIONS = 40;

/** What a frame belongs to: a library or app of ours, a package, or a part of Node. */
export function areaOf(functionName: string, url: string): string {
  if (functionName === '(garbage collector)') return 'garbage collector';
  if (functionName === '(program)') return 'kernel and native code outside JavaScript';
  const ours = /\/(?:dist\/)?((?:libs|apps)\/[^/]+)\//.exec(url)?.[1];
  if (ours !== undefined) return ours;
  const from = url.lastIndexOf('node_modules/');
  if (from !== -1) {
    const [scope = '', name = ''] = url.slice(from + 13).split('/');
    return scope.startsWith('@') ? `${scope}/${name}` : scope;
  }
  if (url.startsWith('node:')) return url.replace(/^node:internal\/(\w+).*/, 'node:$1');
  return url === '' ? `native: ${functionName}` : url;
}

/** Where the last `lastMs` of a V8 CPU profile went, idle time left out: by area, then by function. Leaves the start of the process out. */
export function profileReport(file: string, lastMs: number): string {
  const profile = JSON.parse(readFileSync(file, 'utf8')) as CpuProfile;
  const selfUs = new Map<number, number>();
  let sinceUs = lastMs * 1_000 - profile.timeDeltas.reduce((sum, delta) => sum + delta, 0);
  for (const [index, id] of profile.samples.entries()) {
    sinceUs += profile.timeDeltas[index] ?? 0;
    if (sinceUs <= 0) continue;

    selfUs.set(id, (selfUs.get(id) ?? 0) + (profile.timeDeltas[index] ?? 0));
  }
  const areas = new Map<string, number>();
  const functions = new Map<string, number>();
  let total = 0;
  for (const { id, callFrame } of profile.nodes) {
    const us = selfUs.get(id) ?? 0;
    if (us === 0 || callFrame.functionName === '(idle)' || callFrame.functionName === '(root)') continue;
    total += us;
    const area = areaOf(callFrame.functionName, callFrame.url);
    const name = `${callFrame.functionName || '(anonymous)'} ${callFrame.url.split('/').slice(-2).join('/')}:${callFrame.lineNumber + 1}`;
    areas.set(area, (areas.get(area) ?? 0) + us);
    functions.set(name, (functions.get(name) ?? 0) + us);
  }
  const share = (us: number): string => `${((us * 100) / total).toFixed(1).padStart(5)} %`;
  const list = (entries: Map<string, number>, most: number): string[] =>
    [...entries]
      .sort((a, b) => b[1] - a[1])
      .slice(0, most)
      .map(([name, us]) => `${share(us)}  ${name}`);
  return [...list(areas, 25), '', ...list(functions, FUNCTIONS)].join('\n');
}
