import { type JsonNode, readJson } from '#libs/protocol';
import { Context } from './context.js';
import { checkAllowance, checkFracPow, checkReward, rewardDefaults } from './groups/arithmetic.js';
import { checkClaimCycle } from './groups/claim-cycle.js';
import { checkAatRow, checkKey } from './groups/keys-and-aats.js';
import {
  checkChallengeGroup,
  checkRelay,
  checkRelayDecode,
  checkRelayResponse,
  checkRelayWireExample,
} from './groups/relays.js';
import { checkSelection, checkSession, checkSessionFromRpc, checkSyntheticHeader } from './groups/sessions.js';
import { checkTransaction } from './groups/transactions.js';
import { checkMerkle, checkProofIndex } from './groups/trees.js';
import { checkUpstream } from './groups/upstream.js';
import { Fields, type GroupResult, isObject, Report, rowsOf, type Value } from './report.js';

type RowCheck = (row: Fields, context: Context, group: Fields | undefined) => void;

/** How each group of section 10.2 is checked, one object or row at a time. */
const GROUPS: Readonly<Record<string, RowCheck>> = {
  keys: checkKey,
  aat: checkAatRow,
  aat_negative: checkAatRow,
  aat_invalid: checkAatRow,
  aat_negatives: checkAatRow,
  session: checkSession,
  session_jailed: checkSelection,
  session_from_rpc: checkSessionFromRpc,
  block_hash_synthetic: checkSyntheticHeader,
  relays: checkRelay,
  relay_decode: checkRelayDecode,
  relay_wire_example: checkRelayWireExample,
  relay_response: checkRelayResponse,
  challenge: checkChallengeGroup,
  merkle: checkMerkle,
  proof_index: checkProofIndex,
  claim_cycle: checkClaimCycle,
  max_possible_relays: checkAllowance,
  frac_pow: checkFracPow,
  rewards: (row, _context, group) =>
    checkReward(row, rewardDefaults(group ?? new Fields({}, '', { passed: 0, failures: [], unknown: [] }))),
  transactions: checkTransaction,
  upstream: checkUpstream,
};

/** Groups whose rows stand under a name inside an object. */
const ROW_LISTS: readonly string[] = ['rows', 'cases', 'vectors', 'negative', 'negatives', 'invalid', 'valid'];
/** Groups that are one object even if it has a list under such a name. */
const WHOLE: ReadonlySet<string> = new Set(['merkle', 'proof_index', 'upstream', 'claim_cycle']);

/** Checks a whole vectors file. Groups and fields that nothing knows are in the report. Throws for bytes that are not JSON. */
export function checkVectors(bytes: Uint8Array): Report {
  const root = valueOf(readJson(bytes, { bytesMax: 256 * 1024 * 1024, depthMax: 128 }));
  const report = new Report();
  if (!isObject(root)) {
    report.group('(file)').unknown.push('the file is not an object of groups');
    return report;
  }
  const context = new Context(root);
  for (const [name, value] of Object.entries(root)) {
    if (typeof value === 'string') continue;
    const result = report.group(name);
    const check = GROUPS[name];
    if (check === undefined) result.unknown.push(`group ${name}`);
    else checkGroup(name, value, check, context, result);
  }
  return report;
}

function checkGroup(name: string, value: Value, check: RowCheck, context: Context, result: GroupResult): void {
  if (Array.isArray(value)) {
    if (WHOLE.has(name))
      guarded(new Fields({ rows: value }, name, result), (group) => check(group, context, undefined));
    else for (const row of rowsOf(value, name, result)) guarded(row, (fields) => check(fields, context, undefined));
    return;
  }
  if (!isObject(value)) {
    result.unknown.push(`group ${name}`);
    return;
  }
  const group = new Fields(value, name, result);
  const lists = WHOLE.has(name) ? [] : ROW_LISTS.filter((list) => Array.isArray(value[list]));
  if (lists.length === 0) {
    guarded(group, (fields) => check(fields, context, undefined));
    return;
  }
  for (const list of lists) {
    for (const row of group.rows(list)) {
      // What stands beside the rows applies to all of them.
      guarded(row, (fields) => check(fields, context, group));
    }
  }
  group.finish();
}

/** An input that the implementation refuses is a failure of that row, not the end of the run. */
function guarded(fields: Fields, run: (fields: Fields) => void): void {
  try {
    run(fields);
  } catch (error) {
    fields.fail('(row)', error instanceof Error ? error.message : String(error));
  }
}

function valueOf(node: JsonNode): Value {
  switch (node.kind) {
    case 'null':
      return null;
    case 'bool':
    case 'string':
      return node.value;
    case 'number': {
      const value = Number(node.raw);
      return /^-?\d+$/.test(node.raw) && !Number.isSafeInteger(value) ? BigInt(node.raw) : value;
    }
    case 'array':
      return node.items.map(valueOf);
    case 'object':
      return Object.fromEntries(node.members.map(({ key, value }) => [key, valueOf(value)]));
  }
}
