import { describe, expect, it } from 'vitest';
import { chainByAny } from '#libs/chains';
import { explainEndpoint, explanationPage } from './explain-endpoint.js';
import { preflightHeaders } from './response-headers.js';

describe('explanations', () => {
  const explain = (url: string, chain: string) => explainEndpoint(url, chainByAny(chain)!, 'http://d/docs/errors');

  it('give the fields that MetaMask asks for', () => {
    expect(explain('https://h/v1/k/eth', 'eth').metaMask).toEqual({
      networkName: 'Ethereum',
      rpcUrl: 'https://h/v1/k/eth',
      chainId: 1,
      currencySymbol: 'ETH',
      blockExplorerUrl: 'https://etherscan.io',
    });
    expect(explain('https://h/v1/k/sol', 'solana').metaMask).toBeNull();
    expect(explain('https://h/v1/k/eth', 'eth').transport.websocket).toBe('wss://h/v1/k/eth');
  });

  it('never let a URL break out of the page', () => {
    const html = explanationPage(explain('http://h/v1/"><script>alert(1)</script>/eth', 'eth'));
    expect(html).not.toContain('<script>');
    expect(html).toContain('&lt;script&gt;');
  });
});

describe('preflight', () => {
  it('allows the headers asked for, but never something that is no header list', () => {
    expect(preflightHeaders('content-type, x-custom')['access-control-allow-headers']).toBe('content-type, x-custom');
    expect(preflightHeaders('a\r\nset-cookie: x')['access-control-allow-headers']).toBe(
      'content-type, authorization, x-api-key',
    );
    expect(preflightHeaders(undefined)['access-control-allow-headers']).toContain('x-api-key');
  });
});
