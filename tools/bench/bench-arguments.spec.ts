import { describe, expect, it } from 'vitest';
import { ArgumentsError, GROUPS, HELP, readArguments } from './bench-arguments.js';

describe('command line of the benchmark', () => {
  it('measures every group when nothing is said', () => {
    expect(readArguments([])).toEqual({
      groups: new Set(Object.keys(GROUPS)),
      rounds: 5,
      seconds: 2,
      json: false,
      profile: null,
      beside: null,
      soak: null,
    });
  });

  it('leaves the slow groups out of a quick run unless they are named', () => {
    const quick = readArguments(['--quick']);
    expect(quick).toMatchObject({ rounds: 3, seconds: 1 });
    expect(quick !== 'help' && quick.groups.has('two')).toBe(false);
    expect(readArguments(['--quick', '--only', 'two,batch'])).toMatchObject({ groups: new Set(['two', 'batch']) });
  });

  it('takes sizes, format and profile', () => {
    expect(readArguments(['--rounds', '2', '--seconds', '5', '--json', '--profile', 'a.cpuprofile'])).toMatchObject({
      rounds: 2,
      seconds: 5,
      json: true,
      profile: 'a.cpuprofile',
    });
  });

  it('refuses what it does not know, naming it', () => {
    expect(() => readArguments(['--fast'])).toThrow(
      new ArgumentsError('Unknown option --fast. --help lists all of them.'),
    );
    expect(() => readArguments(['--only', 'core,tow'])).toThrow(/"tow"/);
    expect(() => readArguments(['--rounds', '0'])).toThrow(/1 to 100/);
    expect(() => readArguments(['--rounds', '--json'])).toThrow(/needs a value/);
  });

  it('explains every group', () => {
    expect(readArguments(['--json', '--help'])).toBe('help');
    for (const [name, text] of Object.entries(GROUPS)) expect(HELP).toContain(`${name.padEnd(10)} ${text}`);
  });
});
