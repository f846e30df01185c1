import { describe, expect, it } from 'vitest';
import { gatewayConfig } from './config.js';

const GOOD = {
  DATABASE_URL: 'postgres://localhost/x',
  REDIS_URL: 'redis://localhost',
  POCKET_RPC_URLS: 'http://127.0.0.1:4300, http://127.0.0.1:4301',
  GATEWAY_CLIENT_PRIVATE_KEY: 'ab'.repeat(64),
  API_KEY_PEPPER: 'p'.repeat(32),
};

describe('gatewayConfig', () => {
  it('needs little and has the wire contract’s limits as defaults', () => {
    expect(gatewayConfig(GOOD)).toMatchObject({
      GATEWAY_PORT: 4000,
      GATEWAY_METRICS_PORT: 4090,
      BODY_BYTES_MAX: 2_097_152,
      BATCH_CALLS_MAX: 100,
      POCKET_RPC_URLS: ['http://127.0.0.1:4300', 'http://127.0.0.1:4301'],
      QUOTA_OUTAGE_UNITS_MAX: 0,
    });
  });

  it('parses chain overrides', () => {
    expect(gatewayConfig({ ...GOOD, CHAIN_OVERRIDES: '0021=31337' }).CHAIN_OVERRIDES.get('0021')).toBe(31_337);
  });

  it.each([
    ['GATEWAY_CLIENT_PRIVATE_KEY', 'secret-that-is-wrong'],
    ['CHAIN_OVERRIDES', '0021'],
    ['POCKET_RPC_URLS', 'not a url'],
    ['API_KEY_PEPPER', 'short-pepper'],
    ['READINESS_CHAIN', '21'],
  ])('names %s when it is wrong', (name, value) => {
    const read = () => gatewayConfig({ ...GOOD, [name]: value });
    expect(read).toThrow(name);
  });

  it('never shows the value of a secret', () => {
    const read = () => gatewayConfig({ ...GOOD, GATEWAY_CLIENT_PRIVATE_KEY: 'a-secret-of-wrong-form' });
    expect(read).toThrow(/^(?![\s\S]*a-secret-of-wrong-form)/);
  });
});
