import type { Chain } from '#libs/chains';

/** A notice in force. */
export interface EndpointNotice {
  readonly noticeId: string;
  readonly severity: string;
  readonly message: string;
  readonly startsAt: string;
  readonly endsAt: string | null;
}

/** What a person or a program needs to use an endpoint. */
export interface EndpointExplanation {
  readonly endpoint: string;
  readonly transport: { readonly http: string; readonly websocket: string };
  readonly chain: {
    readonly name: string;
    readonly slug: string;
    readonly relayChainId: string;
    readonly evmChainId: number | null;
    readonly kind: string;
  };
  readonly howTo: string;
  readonly example: string;
  /** The fields of MetaMask's "add a network" form; null where the chain is not EVM. */
  readonly metaMask: {
    readonly networkName: string;
    readonly rpcUrl: string;
    readonly chainId: number;
    readonly currencySymbol: string;
    readonly blockExplorerUrl: string | null;
  } | null;
  readonly docs: string;
  /** What the operator wants callers of this chain to know now. */
  readonly notices: readonly EndpointNotice[];
}

/** Explains the endpoint at `url` (with its key, which only its holder can ask with). */
export function explainEndpoint(
  url: string,
  chain: Chain,
  docsUrl: string,
  notices: readonly EndpointNotice[] = [],
): EndpointExplanation {
  const isJsonRpc =
    chain.kind !== 'cosmos' && chain.kind !== 'arweave' && chain.kind !== 'algorand' && chain.kind !== 'pocket';
  const method = chain.kind === 'evm' ? 'eth_blockNumber' : chain.kind === 'solana' ? 'getSlot' : 'status';
  return {
    endpoint: url,
    transport: { http: url, websocket: url.replace(/^http/, 'ws') },
    chain: {
      name: chain.name,
      slug: chain.slug,
      relayChainId: chain.id,
      evmChainId: chain.evmChainId,
      kind: chain.kind,
    },
    howTo: isJsonRpc
      ? 'This is a JSON-RPC endpoint: send POST requests, single calls or batches of up to 100, or open a WebSocket.'
      : 'Append the path of the chain’s own API to this URL.',
    example: isJsonRpc
      ? `curl -s ${url} -H 'content-type: application/json' -d '{"jsonrpc":"2.0","id":1,"method":"${method}","params":[]}'`
      : `curl -s ${url}/`,
    metaMask:
      chain.evmChainId === null
        ? null
        : {
            networkName: chain.name,
            rpcUrl: url,
            chainId: chain.evmChainId,
            currencySymbol: chain.nativeCurrency.symbol,
            blockExplorerUrl: chain.explorer,
          },
    docs: docsUrl,
    notices,
  };
}

/** The explanation as a page without scripts or foreign resources. */
export function explanationPage(explanation: EndpointExplanation): string {
  const { chain, metaMask } = explanation;
  const rows: ReadonlyArray<readonly [string, string]> = metaMask
    ? [
        ['Network name', metaMask.networkName],
        ['RPC URL', metaMask.rpcUrl],
        ['Chain ID', String(metaMask.chainId)],
        ['Currency symbol', metaMask.currencySymbol],
        ...(metaMask.blockExplorerUrl === null ? [] : [['Block explorer URL', metaMask.blockExplorerUrl] as const]),
      ]
    : [];
  return page(
    `${chain.name} endpoint`,
    `<h1>${escapeHtml(chain.name)}</h1>
${explanation.notices.map(({ severity, message }) => `<p role="status"><strong>${escapeHtml(severity)}:</strong> ${escapeHtml(message)}</p>`).join('\n')}
<p>${escapeHtml(explanation.howTo)}</p>
<pre>${escapeHtml(explanation.example)}</pre>
${rows.length === 0 ? '' : `<h2>MetaMask</h2><table>${rows.map(([name, value]) => `<tr><th>${name}</th><td><code>${escapeHtml(value)}</code></td></tr>`).join('')}</table>`}
<p>The key in this address is a credential: who has it spends this endpoint's relays.</p>
<p><a href="${escapeHtml(explanation.docs)}">Errors and what to do</a></p>`,
  );
}

/** A plain page in the browser's own light or dark colours. */
export function page(title: string, body: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta name="referrer" content="no-referrer"><meta name="robots" content="noindex"><title>${escapeHtml(title)}</title>
<style>:root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;max-width:48rem;margin:2rem auto;padding:0 1rem}pre{overflow-x:auto;padding:1rem;border:1px solid}th{text-align:left;padding-right:1rem;vertical-align:top}code{overflow-wrap:anywhere}</style>
</head><body>${body}</body></html>`;
}

/** Text as HTML text or attribute value. */
export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
