import {
  DecodeError,
  GENESIS_PARAMETERS,
  PARAMETER_KEYS,
  type ProtocolParameters,
  encodeParameterValue,
  parameterKey,
  withParameter,
} from '#libs/protocol';
import type { ExtensionParameters, LedgerParameters } from '../types.js';

/** Neutral values of what this ledger adds to pocket-core. */
export const DEFAULT_EXTENSIONS: ExtensionParameters = Object.freeze({
  backingTier2Blocks: 96,
  backingTier3Blocks: 672,
});

/**
 * What a local network starts with: the genesis set that the project's documents describe (25,000 POKT = 41,750 relays a session,
 * 0.01 POKT a relay, 89/10/1), with the code's defaults where the genesis file is tighter than a network of one machine needs: a claim
 * from 5 proofs on instead of 10, memos of 256 characters (the ledger's own instructions travel in memos).
 */
export const LOCALNET_PARAMETERS: ProtocolParameters = Object.freeze({
  ...GENESIS_PARAMETERS,
  minimumNumberOfProofs: 5,
  maxMemoCharacters: 256,
  daoOwner: '',
});

/** Extension parameters by their `module/Name`. */
const EXTENSION_KEYS: Readonly<Record<string, keyof ExtensionParameters>> = {
  'application/BackingTier2Blocks': 'backingTier2Blocks',
  'application/BackingTier3Blocks': 'backingTier3Blocks',
};

/** Heights and ages beyond this make no sense and would lose precision. */
const BLOCKS_MAX = 1_000_000_000;

/** Every parameter as `module/Name` → `param_value` text. */
export function textsOfParameters(parameters: LedgerParameters): Map<string, string> {
  const texts = new Map(PARAMETER_KEYS.map(({ key }) => [key, encodeParameterValue(parameters, key)]));
  for (const [key, field] of Object.entries(EXTENSION_KEYS)) texts.set(key, String(parameters.extensions[field]));
  return texts;
}

/**
 * Parameters from their texts. Keys that nobody knows are ignored, absent ones keep the genesis value: a node of another
 * version is still readable. Throws `DecodeError` for a value that is not of its key's type.
 */
export function parametersOfTexts(texts: Iterable<readonly [string, string]>): LedgerParameters {
  const entries = [...texts];
  const identity = entries.map(([key, text]) => `${key}=${text}`).join('\n');
  const known = decoded.get(identity);
  if (known) return known;
  const parameters = Object.freeze(decodeTexts(entries));
  if (decoded.size >= DECODED_MAX) decoded.clear();
  decoded.set(identity, parameters);
  return parameters;
}

/** Parameters change seldom and are asked for with every transaction: decoded once per set of texts. */
const DECODED_MAX = 32;
const decoded = new Map<string, LedgerParameters>();

function decodeTexts(texts: ReadonlyArray<readonly [string, string]>): LedgerParameters {
  let parameters: ProtocolParameters = GENESIS_PARAMETERS;
  let extensions: ExtensionParameters = DEFAULT_EXTENSIONS;
  for (const [key, text] of texts) {
    const extension = EXTENSION_KEYS[key];
    if (extension !== undefined) extensions = { ...extensions, [extension]: blocksOf(key, text) };
    else if (parameterKey(key) !== undefined) parameters = withParameter(parameters, key, text);
  }
  return { ...parameters, extensions };
}

/** True when governance may set the key. */
export function isParameterKey(key: string): boolean {
  return key in EXTENSION_KEYS || parameterKey(key) !== undefined;
}

/**
 * The canonical text of one parameter after governance set it to `valueText`. Throws `DecodeError` when the value is not of the key's
 * type, or would stop the chain (a session of no blocks, a window below its minimum of 2, shares above 100 %).
 */
export function changedParameterText(current: LedgerParameters, key: string, valueText: string): string {
  const extension = EXTENSION_KEYS[key];
  if (extension !== undefined) return String(blocksOf(key, valueText));
  // Control characters have no place in any parameter, and the database cannot store all of them.
  if (/\p{Cc}|\\u00[01]/u.test(valueText)) throw new DecodeError('control characters are not allowed');
  const changed = withParameter(current, key, valueText);
  const refuse = (reason: string): never => {
    throw new DecodeError(reason);
  };
  if (changed.blocksPerSession < 1) refuse('a session has at least one block');
  if (changed.sessionNodeCount < 1) refuse('a session has at least one node');
  if (changed.claimSubmissionWindow < 2) refuse('the claim window has at least two sessions');
  if (changed.daoAllocation + changed.proposerPercentage > 100) refuse('the shares exceed 100 per cent');
  if (changed.servicerStakeFloorMultiplier <= 0n) refuse('the stake floor multiplier must be positive');
  if (/^0*\.?0*$/.test(changed.servicerStakeWeightMultiplier)) refuse('the stake weight multiplier must be positive');
  if (changed.stakeDenom !== 'upokt') refuse('the denomination cannot change');
  return encodeParameterValue(changed, key);
}

function blocksOf(key: string, text: string): number {
  const digits = text.replaceAll('"', '');
  if (!/^\d{1,10}$/.test(digits) || Number(digits) > BLOCKS_MAX)
    throw new DecodeError(`the value of ${key} is not a number of blocks`);
  return Number(digits);
}
