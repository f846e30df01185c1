import { DecodeError } from '#libs/protocol';
import { describe, expect, it } from 'vitest';
import {
  DEFAULT_EXTENSIONS,
  LOCALNET_PARAMETERS,
  changedParameterText,
  parametersOfTexts,
  textsOfParameters,
} from './parameters.js';

const current = { ...LOCALNET_PARAMETERS, extensions: DEFAULT_EXTENSIONS };

describe('parameters as text', () => {
  it('come back as they were, the extensions included', () => {
    const changed = { ...current, extensions: { backingTier2Blocks: 5, backingTier3Blocks: 7 } };
    expect(parametersOfTexts(textsOfParameters(changed))).toEqual(changed);
  });

  it('of a network with parameters of its own are read without them', () => {
    const texts = new Map([...textsOfParameters(current), ['pos/FromTheFuture', '1']]);
    expect(parametersOfTexts(texts)).toEqual(current);
  });

  it.each([
    ['pos/BlocksPerSession', '"0"'],
    ['pocketcore/SessionNodeCount', '0'],
    ['pocketcore/ClaimSubmissionWindow', '1'],
    ['pos/DAOAllocation', '100'],
    ['pos/StakeDenom', 'gold'],
    ['pos/ServicerStakeFloorMultiplier', '0'],
    ['pos/ServicerStakeWeightMultiplier', '0.0'],
    ['pos/BlocksPerSession', 'four'],
    ['application/BackingTier2Blocks', '-1'],
    ['pocketcore/SupportedBlockchains', '["\\u0000"]'],
  ])('refuse %s = %s, which would stop the chain or means nothing', (key, text) => {
    expect(() => changedParameterText(current, key, text)).toThrow(DecodeError);
  });

  it('accept values with and without the quotes of JSON', () => {
    expect(changedParameterText(current, 'pos/BlocksPerSession', '"6"')).toBe('6');
    expect(changedParameterText(current, 'pos/BlocksPerSession', '6')).toBe('6');
    expect(changedParameterText(current, 'application/BackingTier3Blocks', '"12"')).toBe('12');
  });
});
