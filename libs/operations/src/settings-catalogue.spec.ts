import { describe, expect, it } from 'vitest';
import { RUNTIME_SETTINGS, SETTING_NAMES, settingValues } from './settings-catalogue.js';

describe('the catalogue of runtime settings', () => {
  it('has a fallback within its own bounds for every setting, and says what it does', () => {
    for (const name of SETTING_NAMES) {
      const { schema, fallback, description, effect } = RUNTIME_SETTINGS[name];
      expect(schema.safeParse(fallback).success, name).toBe(true);
      expect(description.length, name).toBeGreaterThan(20);
      expect(effect.length, name).toBeGreaterThan(5);
    }
  });

  it('lets operators go before the environment, and the environment before the fallback', () => {
    const values = settingValues({ 'relays.extraShare': 0.2, 'batch.callsMax': 50 }, new Map([['batch.callsMax', 7]]));
    expect(values['relays.extraShare']).toBe(0.2);
    expect(values['batch.callsMax']).toBe(7);
    expect(values['log.level']).toBe('info');
  });

  it('leaves out values that do not fit, which another version may have written', () => {
    const set = new Map<string, unknown>([
      ['batch.callsMax', 0],
      ['log.level', 'loud'],
      ['no.such', 1],
    ]);
    expect(settingValues({}, set)).toEqual(settingValues({}, new Map()));
  });
});
