import { parseDecimal } from './decimal.js';
import { DecodeError } from './errors.js';
import {
  GENESIS_PARAMETERS,
  PARAMETER_KEYS,
  type ParameterKey,
  parameterKey,
  type ProtocolParameters,
} from './parameters.js';

const UINT63 = /^\d{1,19}$/;
const INT64_MAX = 2n ** 63n - 1n;
const LIST_MAX = 10_000;

/** Value of a parameter as `param_value` text. */
export function encodeParameterValue(parameters: ProtocolParameters, key: string): string {
  switch (key) {
    case 'auth/FeeMultipliers':
      return JSON.stringify({
        fee_multiplier: Object.entries(parameters.feeMultipliers).map(([type, multiplier]) => ({
          key: type,
          multiplier: multiplier.toString(),
        })),
        default: parameters.feeMultiplierDefault.toString(),
      });
    case 'gov/acl':
      return JSON.stringify(Object.entries(parameters.acl).map(([aclKey, address]) => ({ acl_key: aclKey, address })));
    case 'gov/upgrade':
      return JSON.stringify({ Height: parameters.upgradeHeight.toString(), Version: parameters.upgradeVersion });
    default: {
      const found = parameterKey(key);
      if (found === undefined) throw new DecodeError(`unknown parameter ${key.slice(0, 80)}`);
      const value = parameters[found.property];
      if (found.kind === 'textList') return JSON.stringify(value);
      if (found.kind === 'chainMap') {
        const entries = Object.entries(value as Readonly<Record<string, bigint>>);
        return `{${entries.map(([chain, amount]) => `${JSON.stringify(chain)}:${amount}`).join(',')}}`;
      }
      return scalarText(value);
    }
  }
}

function scalarText(value: ProtocolParameters[keyof ProtocolParameters]): string {
  return typeof value === 'object' ? JSON.stringify(value) : value.toString();
}

/**
 * The parameters with one changed, from `param_value` text (a JSON string's content; outer quotes are tolerated).
 * Throws {@link DecodeError} for an unknown key or a value that is not of the key's type.
 */
export function withParameter(parameters: ProtocolParameters, key: string, valueText: string): ProtocolParameters {
  const found = parameterKey(key);
  if (found === undefined) throw new DecodeError(`unknown parameter ${key.slice(0, 80)}`);
  if (valueText.length > 1_000_000) throw new DecodeError(`the value of ${key} is too long`);
  const text = /^"(?:[^"\\]|\\.)*"$/s.test(valueText) ? String(parseJson(valueText, key)) : valueText;
  if (found.kind === 'special') return { ...parameters, ...decodeSpecial(key, text) };
  return { ...parameters, [found.property]: decodeValue(found, text) };
}

function decodeValue(found: ParameterKey, text: string): unknown {
  const wrong = (): DecodeError => new DecodeError(`the value of ${found.key} is not a ${found.kind}`);
  switch (found.kind) {
    case 'integer':
    case 'count': {
      if (!UINT63.test(text) || BigInt(text) > INT64_MAX) throw wrong();
      if (found.kind === 'integer') return BigInt(text);
      if (!Number.isSafeInteger(Number(text))) throw wrong();
      return Number(text);
    }
    case 'boolean':
      if (text !== 'true' && text !== 'false') throw wrong();
      return text === 'true';
    case 'decimal':
      if (parseDecimal(text) < 0n) throw wrong();
      return text;
    case 'textList': {
      const list = parseJson(text, found.key);
      if (!Array.isArray(list) || list.length > LIST_MAX || list.some((item) => typeof item !== 'string'))
        throw wrong();
      return list;
    }
    case 'chainMap': {
      const map = parseJson(text, found.key);
      if (typeof map !== 'object' || map === null || Array.isArray(map)) throw wrong();
      return Object.fromEntries(
        Object.entries(map).map(([chain, value]) => [chain, positiveInteger(value, found.key)]),
      );
    }
    default:
      return text;
  }
}

function decodeSpecial(key: string, text: string): Partial<ProtocolParameters> {
  const value = parseJson(text, key);
  const wrong = (): DecodeError => new DecodeError(`the value of ${key} has another shape`);
  if (key === 'gov/acl') {
    if (!Array.isArray(value) || value.length > LIST_MAX) throw wrong();
    const pairs = value.map((item: unknown) => {
      const pair = (item ?? {}) as { acl_key?: unknown; address?: unknown };
      if (typeof pair.acl_key !== 'string' || typeof pair.address !== 'string') throw wrong();
      return [pair.acl_key, pair.address] as const;
    });
    return { acl: Object.fromEntries(pairs) };
  }
  if (typeof value !== 'object' || value === null) throw wrong();
  if (key === 'gov/upgrade') {
    const upgrade = value as { Height?: unknown; Version?: unknown };
    if (typeof upgrade.Version !== 'string') throw wrong();
    return { upgradeHeight: Number(positiveInteger(upgrade.Height, key)), upgradeVersion: upgrade.Version };
  }
  const fees = value as { fee_multiplier?: unknown; default?: unknown };
  const rows: readonly unknown[] = Array.isArray(fees.fee_multiplier) ? fees.fee_multiplier : [];
  if (rows.length > LIST_MAX) throw wrong();
  return {
    feeMultiplierDefault: positiveInteger(fees.default, key),
    feeMultipliers: Object.fromEntries(
      rows.map((item) => {
        const fee = (item ?? {}) as { key?: unknown; multiplier?: unknown };
        if (typeof fee.key !== 'string') throw wrong();
        return [fee.key, positiveInteger(fee.multiplier, key)];
      }),
    ),
  };
}

function positiveInteger(value: unknown, key: string): bigint {
  const isText = typeof value === 'string' && UINT63.test(value);
  const isNumber = typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
  if (!isText && !isNumber) throw new DecodeError(`the value of ${key} needs an integer from 0`);
  const integer = BigInt(value);
  if (integer > INT64_MAX) throw new DecodeError(`the value of ${key} exceeds 64 bits`);
  return integer;
}

function parseJson(text: string, key: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new DecodeError(`the value of ${key} is not JSON`);
  }
}

/**
 * Parameters from the answer of `/v1/query/allparams` (already parsed JSON). Keys that this library does not know are
 * ignored; keys that the answer does not have keep the value of `base`. Throws {@link DecodeError} for malformed values.
 */
export function decodeAllParameters(
  answer: unknown,
  base: ProtocolParameters = GENESIS_PARAMETERS,
): ProtocolParameters {
  if (typeof answer !== 'object' || answer === null) throw new DecodeError('the parameters must be an object');
  let parameters = base;
  for (const group of Object.values(answer)) {
    if (!Array.isArray(group)) continue;
    for (const item of group as readonly unknown[]) {
      const entry = (item ?? {}) as { param_key?: unknown; param_value?: unknown };
      if (typeof entry.param_key !== 'string' || typeof entry.param_value !== 'string') continue;
      if (parameterKey(entry.param_key) !== undefined) {
        parameters = withParameter(parameters, entry.param_key, entry.param_value);
      }
    }
  }
  return parameters;
}

/** The answer of `/v1/query/allparams` for these parameters. */
export function encodeAllParameters(
  parameters: ProtocolParameters,
): Record<
  'app_params' | 'auth_params' | 'gov_params' | 'node_params' | 'pocket_params',
  { param_key: string; param_value: string }[]
> {
  const of = (module: string): { param_key: string; param_value: string }[] =>
    PARAMETER_KEYS.filter(({ key }) => key.startsWith(`${module}/`)).map(({ key }) => ({
      param_key: key,
      param_value: encodeParameterValue(parameters, key),
    }));
  return {
    app_params: of('application'),
    auth_params: of('auth'),
    gov_params: of('gov'),
    node_params: of('pos'),
    pocket_params: of('pocketcore'),
  };
}
