import { describe, expect, it } from 'vitest';
import { capOperators, operatorOf, operatorsOf } from './operators.js';

describe('operatorOf', () => {
  it.each([
    ['https://node1.eu.example.com:443', 'example.com'],
    ['https://a.example.co.uk', 'example.co.uk'],
    ['https://mine.duckdns.org:8081', 'mine.duckdns.org'],
    ['http://8.8.8.8:4300', '8.8.8.8'],
    ['http://127.0.0.1:4311', '127.0.0.1:4311'],
    ['http://[::1]:4311', '[::1]:4311'],
    ['http://node-3:8081', 'node-3:8081'],
    ['not a url', 'not a url'],
  ])('%s is run by %s', (url, operator) => expect(operatorOf(url)).toBe(operator));
});

describe('operatorsOf', () => {
  it('joins nodes by domain and by output address, through others too', () => {
    const operators = operatorsOf([
      { url: 'https://a.one.com', outputAddress: 'x' },
      { url: 'https://b.two.com', outputAddress: 'x' },
      { url: 'https://c.two.com', outputAddress: '' },
      { url: 'https://d.three.com', outputAddress: '' },
    ]);
    expect(new Set(operators.slice(0, 3)).size).toBe(1);
    expect(operators[3]).toBe('three.com');
  });
});

describe('capOperators', () => {
  it('cuts the one above half and keeps the sum', () => {
    const capped = capOperators(['a', 'a', 'b', 'c'], [0.4, 0.4, 0.1, 0.1]);
    expect((capped[0] ?? 0) + (capped[1] ?? 0)).toBeCloseTo(0.5);
    expect(capped.reduce((sum, one) => sum + one, 0)).toBeCloseTo(1);
  });

  it('leaves weights alone where nobody is over, and where there is one operator', () => {
    const even = [1, 1, 1];
    expect(capOperators(['a', 'b', 'c'], even)).toBe(even);
    expect(capOperators(['a', 'a', 'a'], even)).toBe(even);
  });
});
