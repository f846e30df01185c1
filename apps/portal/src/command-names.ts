import type { OperationDescription } from '#libs/client';

/** Where an operation stands on the command line: `portal <group> <verb>`. */
export interface CommandName {
  readonly group: string;
  readonly verb: string;
  /** Path parameter that is typed without a flag: the thing that the command is about. */
  readonly subject: string | null;
}

/** Where the derived name would read badly. Names never change: scripts type them. */
const TUNED: Readonly<Record<string, readonly [group: string, verb: string]>> = {
  getLiveness: ['system', 'live'],
  getReadiness: ['system', 'ready'],
  listProblems: ['problems', 'list'],
  getProblem: ['problems', 'explain'],
  getNetwork: ['network', 'show'],
  getUsage: ['usage', 'show'],
  getTenantUsage: ['usage', 'of-tenant'],
  listUsageEvents: ['usage', 'events'],
  listTenantUsageEvents: ['usage', 'events-of-tenant'],
  listAuditEntries: ['audit', 'list'],
  listTenantAuditEntries: ['audit', 'of-tenant'],
  signIn: ['sessions', 'sign-in'],
  signOut: ['sessions', 'sign-out'],
  getMe: ['sessions', 'who-am-i'],
  createSignInCode: ['sessions', 'create-code'],
  createUserSignInCode: ['sessions', 'create-code-for'],
  rotateSigningKey: ['sessions', 'rotate-signing-key'],
  getOpenidConfiguration: ['sessions', 'issuer'],
  getSigningKeys: ['sessions', 'signing-keys'],
};

/** Nouns that are a group although they are not several. */
const GROUPS = new Set(['usage', 'network']);

/**
 * The name of an operation's command, derived from its path and id, so that a new operation has a command without being asked:
 * `POST …/keys/{keyId}/rotate`, `rotateKey` → `portal keys rotate <keyId>`.
 */
export function commandName(id: string, { path }: Pick<OperationDescription, 'path'>): CommandName {
  const parts = path.split('/').filter((part) => part !== '' && part !== 'v1');
  const lastParameter = parts.findLastIndex((part) => part.startsWith('{'));
  const tail = parts.slice(lastParameter + 1);
  const ofCollection = lastParameter < 0 ? (tail.findLast(isPlural) ?? tail[0]) : tail.slice(0, 1).find(isGroup);
  const group = ofCollection ?? parts[lastParameter - 1] ?? '';
  const subject = ofCollection === undefined ? (parts[lastParameter]?.slice(1, -1) ?? null) : null;
  const tuned = TUNED[id];
  if (tuned) return { group: tuned[0], verb: tuned[1], subject };
  return { group, verb: verbOf(id, group), subject };
}

function isGroup(part: string): boolean {
  return GROUPS.has(part) || isPlural(part);
}

function isPlural(part: string): boolean {
  return part.endsWith('s') && !part.endsWith('ss');
}

/** The id without the group's noun: `demandEndpointSecret` of endpoints → `demand-secret`. */
function verbOf(id: string, group: string): string {
  const noun = new Set(
    kebab(group)
      .split('-')
      .flatMap((word) => [word, singular(word)]),
  );
  const words = kebab(id).split('-');
  const [verb = '', ...rest] = words;
  return [verb, ...rest.filter((word) => !noun.has(word))].join('-');
}

function singular(word: string): string {
  return word.endsWith('ies') ? `${word.slice(0, -3)}y` : word.replace(/s$/, '');
}

/** `dailyRelaysMax` → `daily-relays-max`. */
export function kebab(text: string): string {
  return text.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`).replace(/^-/, '');
}
