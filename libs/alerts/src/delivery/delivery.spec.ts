import { Webhook } from 'standardwebhooks';
import { describe, expect, it } from 'vitest';
import { AlertEventType } from '../domain/alert-events.js';
import { ChannelSecrets } from '../domain/channel-secrets.js';
import { mailText } from './mail-text.js';
import { RETRY_DELAYS_MS, retryDelayMs } from './retry-schedule.js';
import { shownText } from './send-result.js';
import { isWebhookSecret, newWebhookSecret, webhookSignature } from './signature.js';

describe('signatures', () => {
  it('agree with the library of standard-webhooks, by the new secret and by the old', () => {
    const [next, last] = [newWebhookSecret(), newWebhookSecret()];
    const timestampS = Math.floor(Date.now() / 1_000);
    const body = '{"type":"alert.test"}';
    const headers = {
      'webhook-id': 'msg_1',
      'webhook-timestamp': String(timestampS),
      'webhook-signature': webhookSignature([next, last], 'msg_1', timestampS, body),
    };
    expect(headers['webhook-signature'].split(' ')).toHaveLength(2);
    for (const secret of [next, last])
      expect(new Webhook(secret).verify(body, headers)).toEqual({ type: 'alert.test' });
    expect(() => new Webhook(newWebhookSecret()).verify(body, headers)).toThrow('No matching signature');
    expect(() => new Webhook(next).verify(`${body} `, headers)).toThrow('No matching signature');
  });

  it('are those of the specification’s example', () => {
    const signature = webhookSignature(
      ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'],
      'msg_p5jXN8AQM9LWM0D4loKWxJek',
      1_614_265_330,
      '{"test": 2432232314}',
    );
    expect(signature).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=');
  });

  it('take secrets of 24 to 64 bytes only', () => {
    const secret = (bytes: number) => `whsec_${Buffer.alloc(bytes, 7).toString('base64')}`;
    expect([24, 32, 64].map((bytes) => isWebhookSecret(secret(bytes)))).toEqual([true, true, true]);
    expect([secret(23), secret(65), 'whsec_', 'x', `whsec_${'*'.repeat(40)}`].some(isWebhookSecret)).toBe(false);
  });
});

describe('the retry schedule', () => {
  it('has ten attempts over three days and a little', () => {
    expect(RETRY_DELAYS_MS).toHaveLength(9);
    const hours = RETRY_DELAYS_MS.reduce((sum, delayMs) => sum + delayMs, 0) / 3_600_000;
    expect(hours).toBeGreaterThan(72);
    expect(hours).toBeLessThan(80);
    expect(retryDelayMs(10, RETRY_DELAYS_MS, 0)).toBeNull();
  });

  it('adds up to a fifth by chance and never shortens a pause', () => {
    expect(retryDelayMs(1, RETRY_DELAYS_MS, 0)).toBe(5_000);
    expect(retryDelayMs(1, RETRY_DELAYS_MS, 0.999)).toBeLessThanOrEqual(6_000);
  });
});

describe('secrets of channels', () => {
  const secrets = new ChannelSecrets('ab'.repeat(32));
  const channel = { tenantId: 't', channelId: 'c', target: 'a@b.io' };

  it('open for their channel and version alone', () => {
    const sealed = secrets.seal(channel, 1, 'whsec_x');
    expect(secrets.open(channel, 1, sealed)).toBe('whsec_x');
    expect(() => secrets.open(channel, 2, sealed)).toThrow('context');
    expect(() => secrets.open({ ...channel, channelId: 'd' }, 1, sealed)).toThrow('context');
    expect(() => new ChannelSecrets('cd'.repeat(32)).open(channel, 1, sealed)).toThrow('another key');
  });

  it('give another code for every channel, address and mail', () => {
    const code = secrets.confirmationCode(channel, 1);
    expect(code).toMatch(/^[a-z2-7]{20}$/);
    expect(secrets.isConfirmationCode(channel, 1, code)).toBe(true);
    expect(secrets.isConfirmationCode(channel, 2, code)).toBe(false);
    expect(secrets.isConfirmationCode({ ...channel, target: 'x@b.io' }, 1, code)).toBe(false);
    expect(secrets.isConfirmationCode(channel, 1, '')).toBe(false);
  });
});

describe('mail', () => {
  it('holds no line break or markup of a name', () => {
    const { subject, text, html } = mailText(
      {
        type: AlertEventType.channelDisabled,
        timestamp: '2026-11-20T00:00:00.000Z',
        data: {
          tenantId: 't',
          channelId: 'c',
          channelName: 'x\r\nBcc: all@acme.com\r\n\r\n<script>alert(1)</script>',
          reason: 'a & b',
        },
      },
      '',
    );
    expect(subject).not.toMatch(/[\r\n]/);
    expect(text).not.toMatch(/^Bcc:/m);
    expect(html).not.toContain('<script>');
    expect(html).toContain('a &amp; b');
  });
});

describe('text from outside', () => {
  it('is bounded and has no control characters', () => {
    expect(shownText(`a\u0000b\u001b[31m${'x'.repeat(5_000)}`)).toMatch(/^a b \[31mx{992}$/);
  });
});
