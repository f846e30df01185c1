/** What a script may ask the server beyond its key. */
export interface ScriptServer {
  readonly micros: number;
  readonly runId: string;
  readonly uptimeSeconds: number;
  readonly hasFlushed: boolean;
  /** It was a replica once. */
  readonly isPromoted: boolean;
}

/** A hash in Redis: fields are texts. */
export type Hash = Map<string, string>;

/** Bugs that the lease script's twin can be given. */
export type ScriptBug = 'none' | 'lease-not-returned' | 'lost-return-kept';

const number = (text: string | undefined): number => Number(text ?? 0);
const DAY_SECONDS = 86_400;

/**
 * The lease script of #libs/quota, statement by statement. `test/integration/quota-script-twin.spec.ts` runs both over random calls
 * on a real Redis and compares answers and stored fields, so that what the simulator finds holds for the script.
 */
export function leaseScript(f: Hash, argv: readonly string[], server: ScriptServer, bug: ScriptBug = 'none'): number[] {
  const arg = (at: number): number => Number(argv[at - 1]);
  const instance = argv[0] as string;
  const sequence = arg(2);
  const spent = arg(4);
  const limit = arg(9);
  const settle = arg(12);
  const { micros, runId } = server;
  const now = Math.floor(micros / 1_000);
  const day = Math.floor(Math.floor(micros / 1_000_000) / DAY_SECONDS);
  const [ft, fv, fh] = [`t:${day}`, `v:${day}`, `h:${day}:${instance}`];
  const [fbv, fbt] = [`bv:${day}`, `bt:${day}`];
  let epoch = number(f.get('epoch'));
  let openAt = number(f.get('openAt'));
  let unseeded = f.get('unseeded') ?? null;
  let taken = number(f.get(ft));
  let version = number(f.get(fv));
  let be = number(f.get('be'));
  let bv = number(f.get(fbv));
  let bt = number(f.get(fbt));
  const [heldText, lastText] = (f.get(fh) ?? '0:0').split(':');
  let held = number(heldText);
  const last = number(lastText);
  const knownDay = f.get('day');
  const frv = `rv:${day}`;
  let [re, rv] = [number(f.get('re')), number(f.get(frv))];

  if (!f.has('run')) {
    epoch = now;
    unseeded = String(day);
    const isStart = server.uptimeSeconds * 1_000 < settle + 1_000;
    if (server.hasFlushed || server.isPromoted || isStart) openAt = now + settle;
    set(f, { mayBeFlush: isStart ? 0 : 1, run: runId, epoch, openAt, unseeded, be: 0 });
  } else if (f.get('run') !== runId) {
    [be, bv, bt] = [epoch, version, taken];
    [re, rv] = [be, bv];
    epoch = Math.max(now, epoch + 1);
    openAt = now + settle;
    unseeded = String(day);
    set(f, { mayBeFlush: 0, run: runId, epoch, openAt, unseeded, be, [fbv]: bv, [fbt]: bt, re, [frv]: rv });
  }
  if (knownDay !== String(day)) {
    set(f, { day });
    for (const field of f.keys()) {
      const found = /^[a-z]+:(\d+)/.exec(field);
      if (found && Number(found[1]) < day - 2) f.delete(field);
    }
  }
  const answer = (status: number): number[] => [
    status,
    day,
    micros,
    held,
    taken,
    version,
    epoch,
    Math.max(0, openAt - now),
  ];
  if (sequence === last) return answer(5);
  if (sequence < last) return answer(4);
  if (arg(3) !== day) return answer(1);

  const [ke, kv, kt, kh] = [arg(5), arg(6), arg(7), arg(8)];
  if (ke > 0 && ke !== epoch) {
    const isAhead = ke > re || (ke === re && kv > rv);
    held = isAhead && bug !== 'lost-return-kept' ? kh : Math.max(held, kh);
    if (ke > be || (ke === be && kv > bv)) {
      if (kt > bt) {
        taken += kt - bt;
        bt = kt;
      }
      [be, bv] = [ke, kv];
      version += 1;
      set(f, { be, [fbv]: bv, [fbt]: bt });
    }
  }
  if (spent > held) {
    taken += spent - held;
    held = spent;
    version += 1;
  }
  if (argv[13] !== '' && unseeded !== null) {
    const stored = arg(14);
    if (unseeded === String(day) && stored > taken) {
      bt += stored - taken;
      taken = stored;
      version += 1;
      set(f, { [fbt]: bt });
    }
    f.delete('unseeded');
    unseeded = null;
  }

  let unspent = held - spent;
  const mode = argv[12];
  let back = 0;
  if (mode === '2') back = bug === 'lease-not-returned' ? 0 : unspent;
  else if (mode === '1' && taken > limit) back = Math.min(unspent, taken - limit);
  if (back > 0) {
    held -= back;
    taken -= back;
    unspent -= back;
    version += 1;
  }
  if (argv[14] === String(epoch) && now < openAt && f.get('mayBeFlush') === '1') {
    openAt = 0;
    set(f, { openAt });
  }
  const status = unseeded !== null ? 3 : now < openAt ? 2 : 0;
  if (status === 0 && mode !== '2') {
    const free = Math.max(0, limit - taken);
    let served = 0;
    for (const text of argv.slice(15)) if (served + Number(text) <= unspent + free) served += Number(text);
    let grant = Math.max(0, served - unspent);
    const block = Math.min(arg(10), Math.floor((free - grant) / arg(11)));
    grant += Math.max(0, block);
    if (grant > 0) {
      held += grant;
      taken += grant;
      version += 1;
    }
  }
  set(f, { [ft]: taken, [fv]: version, [fh]: `${held}:${sequence}` });
  return answer(status);
}

/** The recover script of #libs/quota. With `forgets` it leaves the lease as it was, so that a second run returns it again. */
export function recoverScript(f: Hash, argv: readonly string[], server: ScriptServer, forgets = false): number {
  const spent = new Map<string, number>();
  for (let at = 1; at < argv.length; at += 2) spent.set(argv[at] as string, Number(argv[at + 1]));
  let returned = 0;
  const today = Math.floor(server.micros / 1_000_000 / DAY_SECONDS);
  for (let day = today - 2; day <= today + 1; day += 1) {
    const fh = `h:${day}:${argv[0]}`;
    const stored = f.get(fh);
    if (stored === undefined) continue;
    const held = number(stored.split(':')[0]);
    const used = spent.get(String(day)) ?? 0;
    if (!forgets) set(f, { [fh]: `${used}:9007199254740991` });
    if (held === used) continue;
    set(f, { [`t:${day}`]: number(f.get(`t:${day}`)) + used - held, [`v:${day}`]: number(f.get(`v:${day}`)) + 1 });
    returned += held - used;
  }
  return returned;
}

/** The refund script of #libs/quota. */
export function refundScript(f: Hash, argv: readonly string[]): number {
  const [instance, day, wanted] = argv as [string, string, string];
  const fh = `h:${day}:${instance}`;
  const stored = f.get(fh);
  if (stored === undefined) return 0;
  const [held, sequence] = stored.split(':') as [string, string];
  const units = Math.min(Number(held), Number(wanted));
  if (units === 0) return 0;
  set(f, {
    [fh]: `${Number(held) - units}:${sequence}`,
    [`t:${day}`]: number(f.get(`t:${day}`)) - units,
    [`v:${day}`]: number(f.get(`v:${day}`)) + 1,
  });
  return units;
}

function set(f: Hash, fields: Readonly<Record<string, string | number>>): void {
  for (const [field, value] of Object.entries(fields)) f.set(field, String(value));
}
