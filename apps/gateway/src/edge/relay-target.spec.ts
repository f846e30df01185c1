import { describe, expect, it } from 'vitest';
import { readTarget } from './relay-target.js';

const KEY = 'pk_0123456789abcdefghijABCDEFGHIJKL_000000';

describe('readTarget', () => {
  it.each([
    [`/v1/${KEY}/eth-mainnet`, {}, { key: KEY, chain: 'eth-mainnet', rest: '' }],
    [`/v1/${KEY}/eth-mainnet/`, {}, { key: KEY, chain: 'eth-mainnet', rest: '' }],
    [`/v1/${KEY}/osmosis/cosmos/bank?x=1`, {}, { key: KEY, chain: 'osmosis', rest: '/cosmos/bank?x=1' }],
    [`/v1/${KEY}/1?x=1`, {}, { key: KEY, chain: '1', rest: '/?x=1' }],
    [`/v1/${KEY}`, {}, { key: KEY, chain: null, rest: '' }],
    ['/v1/eth', { 'x-api-key': KEY }, { key: KEY, chain: 'eth', rest: '' }],
    ['/v1/eth', { authorization: `bearer ${KEY}` }, { key: KEY, chain: 'eth', rest: '' }],
    ['/v1/osmosis/status', { authorization: `Bearer ${KEY}` }, { key: KEY, chain: 'osmosis', rest: '/status' }],
    ['/v1/eth', {}, { key: null, chain: 'eth', rest: '' }],
    ['/v1/nokey/eth', {}, { key: 'nokey', chain: 'eth', rest: '' }],
    ['/v1/%70k_x/eth%2Dmainnet', {}, { key: 'pk_x', chain: 'eth-mainnet', rest: '' }],
    ['/v1/%/%', {}, { key: '%', chain: '%', rest: '' }],
    ['/v1/', {}, { key: null, chain: null, rest: '' }],
  ])('reads %s', (url, headers, expected) => expect(readTarget(url, headers)).toEqual(expected));

  it('prefers the key in the path, so that a stray header cannot change who pays', () => {
    expect(readTarget(`/v1/${KEY}/eth`, { authorization: 'Bearer other' })?.key).toBe(KEY);
  });

  it('ignores Basic credentials and paths elsewhere', () => {
    expect(readTarget('/v1/eth', { authorization: 'Basic abc' })?.key).toBeNull();
    expect(readTarget('/v2/x/eth', {})).toBeNull();
  });
});
