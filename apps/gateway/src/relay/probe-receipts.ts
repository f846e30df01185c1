import type { ChainCatalogue } from '#libs/chains';
import type { ProbedChain, SignedAnswer } from '#libs/relaying';
import type { EndpointSnapshot } from '#libs/tenancy';
import type { ReceiptSink } from './call-server.js';
import { receiptOf } from './receipt-of.js';

/** What is asked of the nodes of a chain; null for chains that no probe is made for. */
export function probedChain(chains: ChainCatalogue): (chainId: string) => ProbedChain | null {
  const known = new Map<string, ProbedChain>();
  for (const { id, evmChainId, syncAllowanceBlocks } of chains.all) {
    if (evmChainId !== null) known.set(id, { evmChainId, syncAllowanceBlocks });
  }
  return (chainId) => known.get(chainId) ?? null;
}

/**
 * Puts receipts of probes into the journal: they cost an application's session, and the node is paid for them, but no
 * limit and no bill counts them. Booked on the endpoint whose call opened the session.
 */
export function probeReceipts(o: {
  readonly journal: ReceiptSink;
  readonly chains: ChainCatalogue;
  readonly requestId: () => string;
  readonly now?: () => number;
}): (answer: SignedAnswer) => void {
  const byId = new Map(o.chains.all.map((chain) => [chain.id, chain]));
  const now = o.now ?? Date.now;
  return (answer) => {
    const chain = byId.get(answer.session.chain);
    const endpoint = answer.session.application.owner as EndpointSnapshot | undefined;
    if (chain === undefined || endpoint === undefined || !o.journal.accepting) return;
    const answeredAtMs = now();
    o.journal.append(
      receiptOf(answer, {
        requestId: o.requestId(),
        endpoint,
        chain,
        method: 'probe',
        day: new Date(answeredAtMs).toISOString().slice(0, 10),
        answeredAtMs,
        purpose: 'probe',
        billable: false,
      }),
    );
  };
}
