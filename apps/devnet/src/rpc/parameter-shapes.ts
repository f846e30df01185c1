import { PARAMETER_KEYS, type ProtocolParameters } from '#libs/protocol';
import type { RpcValue } from './rpc-json.js';

/** Module of the keys by the query that gives them under their JSON names. */
const MODULES = { appparams: 'application/', nodeparams: 'pos/', pocketparams: 'pocketcore/' } as const;

/** Groups of `/v1/query/allparams` by the module of the keys. */
const GROUPS: Readonly<Record<string, string>> = {
  application: 'app_params',
  auth: 'auth_params',
  gov: 'gov_params',
  pos: 'node_params',
  pocketcore: 'pocket_params',
};

/** One module's parameters under their JSON names; integers are decimal strings, as pocket-core writes them. */
export function moduleParameters(query: keyof typeof MODULES, parameters: ProtocolParameters): RpcValue {
  const answer: Record<string, RpcValue> = {};
  for (const { key, property, jsonName } of PARAMETER_KEYS) {
    if (jsonName !== null && key.startsWith(MODULES[query])) answer[jsonName] = parameterJson(parameters[property]);
  }
  return answer;
}

/** `/v1/query/allparams`: every parameter as text, by module. */
export function parameterList(texts: ReadonlyMap<string, string>): RpcValue {
  const groups: Record<string, RpcValue[]> = Object.fromEntries(Object.values(GROUPS).map((group) => [group, []]));
  for (const [key, text] of [...texts].sort(([left], [right]) => (left < right ? -1 : 1))) {
    const group = GROUPS[key.split('/')[0] ?? ''];
    if (group !== undefined) groups[group]?.push({ param_key: key, param_value: parameterText(text) });
  }
  return groups;
}

/** A parameter's text without the quotes of a JSON string: `"5"` is 5, a list stays JSON text. */
export function parameterText(text: string): string {
  return /^"[^"\\]*"$/.test(text) ? text.slice(1, -1) : text;
}

function parameterJson(value: ProtocolParameters[keyof ProtocolParameters]): RpcValue {
  if (typeof value === 'bigint' || typeof value === 'number') return value.toString();
  return value as RpcValue;
}
