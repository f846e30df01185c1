import type { IncomingHttpHeaders } from 'node:http';
import { QUORUM_MAX } from '#libs/relaying';
import { type Refusal, refuse } from './refusal.js';

/** Header by which a request asks several nodes. */
export const QUORUM_HEADER = 'x-portal-quorum';

/**
 * How many nodes a request's reads are put to: what the endpoint demands, or more where the header asks for more. 1: one node,
 * the rule. Refuses a header that is no such number.
 */
export function readQuorum(headers: IncomingHttpHeaders, ofEndpoint: number | undefined): number | Refusal {
  const asked = headers[QUORUM_HEADER];
  if (asked === undefined) return ofEndpoint ?? 1;
  const quorum = typeof asked === 'string' && /^[0-9]$/.test(asked) ? Number(asked) : 0;
  if (quorum < 1 || quorum > QUORUM_MAX) {
    return refuse('request', `${QUORUM_HEADER} must be a whole number from 1 to ${QUORUM_MAX}; 3 is usual.`, {
      header: QUORUM_HEADER,
      max: QUORUM_MAX,
    });
  }
  return Math.max(quorum, ofEndpoint ?? 1);
}
