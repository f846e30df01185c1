import { isIP } from 'node:net';

/**
 * Suffixes below which anybody registers names of two labels more. Not the whole public list: a missing entry makes two
 * owners look like one, which only spreads traffic more than needed.
 */
const SECOND_LEVEL = new Set(['ac', 'co', 'com', 'edu', 'gob', 'gov', 'gv', 'ne', 'net', 'nom', 'or', 'org']);
const HOSTING_SUFFIXES = new Set([
  'duckdns.org',
  'dyndns.org',
  'fly.dev',
  'github.io',
  'herokuapp.com',
  'hopto.org',
  'no-ip.org',
  'ngrok.io',
  'ngrok-free.app',
  'onrender.com',
  'pages.dev',
  'sslip.io',
  'vercel.app',
  'workers.dev',
  'zapto.org',
]);
const PRIVATE_V4 = /^(?:127|10)\.|^192\.168\.|^172\.(?:1[6-9]|2\d|3[01])\.|^169\.254\./;

/**
 * Who runs a service, as far as its URL shows: the registrable domain; a public IP address; host and port where hosts
 * have no public name, because behind one private address live different parties (a devnet, a test). Never throws.
 */
export function operatorOf(url: string): string {
  let parsed: URL;
  try {
    parsed = new URL(url);
  } catch {
    return url;
  }
  const host = parsed.hostname
    .toLowerCase()
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '');
  const version = isIP(host);
  if (version === 4) return PRIVATE_V4.test(host) ? parsed.host : host;
  if (version === 6) return /^(?:::1$|f[cde])/.test(host) ? parsed.host : host;
  const labels = host.split('.');
  if (labels.length === 1) return parsed.host;
  const top = labels.at(-1) ?? '';
  const second = labels.at(-2) ?? '';
  const below = HOSTING_SUFFIXES.has(`${second}.${top}`) || (top.length === 2 && SECOND_LEVEL.has(second));
  return labels.slice(below ? -3 : -2).join('.');
}

/** What shows who runs a node. */
export interface OperatedNode {
  readonly url: string;
  /** Where its rewards go; empty when they stay with the node. */
  readonly outputAddress: string;
}

/**
 * The operator of each node of a session, in order. Nodes that share a registrable domain or an output address, directly
 * or through others, are one operator's.
 */
export function operatorsOf(nodes: readonly OperatedNode[]): string[] {
  const parent = new Map<string, string>();
  const find = (name: string): string => {
    let root = name;
    for (let above = parent.get(root); above !== undefined; above = parent.get(root)) root = above;
    return root;
  };
  const domains = nodes.map((node) => operatorOf(node.url));
  const byOutput = new Map<string, string>();
  nodes.forEach(({ outputAddress }, index) => {
    const domain = domains[index] ?? '';
    if (outputAddress === '') return;
    const other = byOutput.get(outputAddress);
    if (other === undefined) byOutput.set(outputAddress, domain);
    else if (find(other) !== find(domain)) parent.set(find(domain), find(other));
  });
  return domains.map(find);
}

/** Largest share of a session's traffic that one operator may get. */
const SHARE_MAX = 0.5;
const SHARE_MAX_OF_TWO = 0.65;

/**
 * Weights with no operator above its cap: what is cut from one is given to the others in proportion to theirs. With one
 * operator there is nothing to spread. Returns `weights` itself when nobody is over.
 */
export function capOperators(operators: readonly string[], weights: readonly number[]): readonly number[] {
  const totals = new Map<string, number>();
  let total = 0;
  operators.forEach((operator, index) => {
    const weight = weights[index] ?? 0;
    total += weight;
    totals.set(operator, (totals.get(operator) ?? 0) + weight);
  });
  if (totals.size < 2 || total === 0) return weights;
  const cap = (totals.size === 2 ? SHARE_MAX_OF_TWO : SHARE_MAX) * total;
  // At most one operator can be above half of all.
  for (const [operator, weight] of totals) {
    if (weight <= cap) continue;
    const inside = cap / weight;
    const outside = (total - cap) / (total - weight);
    return weights.map((one, index) => one * (operators[index] === operator ? inside : outside));
  }
  return weights;
}
