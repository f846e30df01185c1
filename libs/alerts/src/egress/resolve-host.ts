import { Resolver } from 'node:dns/promises';

/** Every address of a name, both families, in the order of preference; rejects when it has none. */
export type HostResolver = (name: string) => Promise<readonly string[]>;

const ABSENT = new Set(['ENODATA', 'ENOTFOUND']);

/**
 * Asks DNS itself, so that neither `/etc/hosts` nor search domains of this machine give a name a meaning of their own.
 * @throws the DNS error when neither family has an answer
 */
export function dnsResolver(timeoutMs = 3_000): HostResolver {
  return async (name) => {
    const resolver = new Resolver({ timeout: timeoutMs, tries: 2 });
    const answers = await Promise.allSettled([resolver.resolve4(name), resolver.resolve6(name)]);
    // One family that failed could hide a private address behind a public one of the other; only "there is none" is an answer.
    for (const answer of answers) {
      if (answer.status === 'rejected' && !ABSENT.has((answer.reason as NodeJS.ErrnoException).code ?? '')) {
        throw answer.reason as Error;
      }
    }
    const addresses = answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []));
    if (addresses.length === 0) throw (answers[0] as PromiseRejectedResult).reason as Error;
    return addresses;
  };
}
