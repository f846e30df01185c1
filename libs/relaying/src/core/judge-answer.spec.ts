import { describe, expect, it } from 'vitest';
import { isWritingMethod, judgeAnswer, orderApplications } from '../index.js';

describe('judgeAnswer', () => {
  const rpc = { id: '7', versionOptional: false };

  it('takes results and the chain’s errors for good', () => {
    expect(judgeAnswer('{"jsonrpc":"2.0","id":7,"result":null}', rpc).kind).toBe('good');
    expect(judgeAnswer('{"jsonrpc":"2.0","id":7,"error":{"code":-32601,"message":"no"}}', rpc).kind).toBe('good');
  });

  it('takes a back end that speaks about itself for poor', () => {
    for (const message of [
      'Too Many Requests',
      'daily request count exceeded',
      'rate limit',
      'please upgrade your plan',
    ]) {
      const answer = `{"jsonrpc":"2.0","id":7,"error":{"code":-32000,"message":"${message}"}}`;
      expect(judgeAnswer(answer, rpc)).toMatchObject({ kind: 'poor', blame: true });
    }
  });

  it('lets path chains answer anything but nothing and HTML', () => {
    const plain = { id: null, versionOptional: false };
    expect(judgeAnswer('{"height":"1"}', plain).kind).toBe('good');
    expect(judgeAnswer('', plain).kind).toBe('bad');
    expect(judgeAnswer(' <!DOCTYPE html>', plain).kind).toBe('bad');
  });
});

describe('isWritingMethod', () => {
  it.each([
    'eth_sendRawTransaction',
    'eth_sendTransaction',
    'eth_sendUserOperation',
    'eth_sendBundle',
    'eth_sendPrivateTransaction',
    'sendTransaction',
    'broadcast_tx_sync',
    'broadcast_tx_commit',
    'send_tx',
    'sui_executeTransactionBlock',
    'starknet_addInvokeTransaction',
    'evm_mine',
    'anvil_setBalance',
    'sendrawtransaction',
    'submitblock',
  ])('%s writes', (method) => expect(isWritingMethod(method)).toBe(true));

  it.each([
    'eth_call',
    'eth_getTransactionReceipt',
    'eth_getBlockByNumber',
    'eth_estimateGas',
    'eth_getTransactionCount',
    'getTransaction',
    'simulateTransaction',
    'debug_traceTransaction',
    'tx',
    'eth_feeHistory',
  ])('%s reads', (method) => expect(isWritingMethod(method)).toBe(false));
});

describe('orderApplications', () => {
  it('draws on the application with most left of both day and session', () => {
    const budgets = {
      a: { dayLeft: 0.9, sessionLeft: 0.1 },
      b: { dayLeft: 0.5, sessionLeft: 0.6 },
      c: { dayLeft: 0.4, sessionLeft: 1 },
    };
    const names = Object.keys(budgets) as Array<keyof typeof budgets>;
    expect(orderApplications(names, (name) => budgets[name])).toEqual(['b', 'c', 'a']);
  });
});
