import { describe, expect, it } from 'vitest';
import { redactUrl } from './redact-url.js';
import { createLogger } from './logger.js';

const KEY = 'pk_0123456789abcdefABCDEF0123456789_a1B2c3';

describe('secrets in log lines', () => {
  it('cuts an API key out of a path and a password out of a URL', () => {
    expect(redactUrl(`/v1/${KEY}/eth-mainnet?x=1`)).toBe('/v1/pk_[redacted]/eth-mainnet?x=1');
    expect(redactUrl('postgres://user:hunter2@db:5432/x')).toBe('postgres://[redacted]@db:5432/x');
  });

  it('censors credentials in headers and fields at the top and one level down', () => {
    const lines: string[] = [];
    const logger = createLogger({ app: 'test', sink: { write: (line) => void lines.push(line) } });
    logger.info(
      {
        url: `/v1/${KEY}/1`,
        headers: { authorization: 'Bearer canary-1', 'x-api-key': 'canary-2' },
        request: { token: 'canary-3', headers: { cookie: 'canary-4' } },
        privateKeyHex: 'canary-5',
      },
      'request',
    );
    expect(lines).toHaveLength(1);
    expect(lines[0]).not.toMatch(/canary|0123456789abcdef/);
    expect(JSON.parse(lines[0]!)).toMatchObject({ app: 'test', level: 'info', msg: 'request' });
  });
});
