import { isUtf8 } from 'node:buffer';
import type { IncomingHttpHeaders } from 'node:http';
import type { ChainKind } from '#libs/chains';
import type { RelayIntent } from '#libs/relaying';
import { type Refusal, refuse } from '../relay/refusal.js';

/** CometBFT takes JSON-RPC at its root beside its paths; such bodies are calls like any others. */
export function isRpcAtRoot(kind: ChainKind, path: string): boolean {
  return kind === 'cosmos' && (path === '' || path === '/');
}

/**
 * What a request of a chain that is spoken to by paths asks of a node, or why it is not sent: relays carry text, and a path that
 * climbs would reach what a rule on paths forbids.
 */
export function restIntent(
  method: string,
  path: string,
  headers: IncomingHttpHeaders,
  body: Buffer,
): RelayIntent | Refusal {
  if (climbs(path)) return refuse('request', 'Write the path without "." and ".." segments.');
  if (!isUtf8(body)) {
    return refuse('request', 'Relays carry text, so the body must be UTF-8. Send binary data in a text encoding.');
  }
  const passed: Record<string, string> = {};
  const { 'content-type': type, 'x-cosmos-block-height': height } = headers;
  if (type !== undefined) passed['Content-Type'] = type;
  if (typeof height === 'string' && /^\d{1,20}$/.test(height)) passed['X-Cosmos-Block-Height'] = height;
  return {
    data: body.toString('utf8'),
    httpMethod: method === 'HEAD' ? 'GET' : method,
    path: path === '' ? '/' : path,
    headers: Object.keys(passed).length === 0 ? null : passed,
  };
}

/** Whether a path has a segment that servers resolve, however it is written; decoded twice, as behind a careless proxy. */
function climbs(path: string): boolean {
  const queryAt = path.indexOf('?');
  let plain = queryAt === -1 ? path : path.slice(0, queryAt);
  for (let layer = 0; layer < 2 && plain.includes('%'); layer += 1) {
    plain = plain.replaceAll(/%(2e|2f|5c|25)/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  }
  return plain.split(/[/\\]/).some((segment) => segment === '.' || segment === '..');
}
