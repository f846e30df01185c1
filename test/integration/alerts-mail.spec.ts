import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { AlertEventType, Mailer, type SmtpSettings, mailText } from '#libs/alerts';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { temporaryDirectory } from '../support/services.js';

let directory: string;
let key: string;
let cert: string;
const open: Array<() => Promise<unknown> | void> = [];

beforeAll(() => {
  directory = temporaryDirectory();
  const [keyFile, certFile] = [join(directory, 'key.pem'), join(directory, 'cert.pem')];
  execFileSync(
    'openssl',
    [
      'req',
      '-x509',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:prime256v1',
      '-nodes',
      '-days',
      '2',
      '-subj',
      '/CN=localhost',
      '-addext',
      'subjectAltName=DNS:localhost',
      '-keyout',
      keyFile,
      '-out',
      certFile,
    ],
    { stdio: 'ignore' },
  );
  [key, cert] = [readFileSync(keyFile, 'utf8'), readFileSync(certFile, 'utf8')];
});

afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

afterAll(() => rmSync(directory, { recursive: true, force: true }));

/** A mail server on loopback; returns what it took and how to reach it. */
async function serve(options: SMTPServerOptions = {}) {
  const mails: Array<{ to: string[]; text: string; secure: boolean; user: unknown }> = [];
  const server = new SMTPServer({
    key,
    cert,
    authOptional: true,
    logger: false,
    onData(stream, session, done) {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        mails.push({
          to: session.envelope.rcptTo.map(({ address }) => address),
          // Long headers are folded; what they say is what counts.
          text: Buffer.concat(parts)
            .toString('utf8')
            .replace(/\r\n[ \t]+/g, ' '),
          secure: session.secure,
          user: session.user,
        });
        done();
      });
    },
    ...options,
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  open.push(() => new Promise<void>((resolve) => server.close(() => resolve())));
  const { port } = server.server.address() as AddressInfo;
  const mailer = (over: Partial<SmtpSettings> = {}) => {
    const made = new Mailer({
      host: 'localhost',
      port,
      tlsMode: 'starttls',
      ca: cert,
      from: 'alerts@portal.example',
      timeoutMs: 3_000,
      ...over,
    });
    open.push(() => made.close());
    return made;
  };
  return { mails, mailer };
}

const mail = (to = 'ops@acme.example') => ({
  id: randomUUID(),
  to,
  channelId: randomUUID(),
  ...mailText(
    {
      type: AlertEventType.quotaThreshold,
      timestamp: '2026-11-20T10:00:00.000Z',
      data: {
        alertId: randomUUID(),
        tenantId: randomUUID(),
        subject: 'application',
        subjectId: randomUUID(),
        day: '2026-11-20',
        threshold: 80,
        usedRelays: '800000',
        limitRelays: '1000000',
      },
    },
    '',
  ),
});

const failing = (responseCode: number) => Object.assign(new Error('no'), { responseCode });

describe('mail', () => {
  it('goes out over TLS by STARTTLS, as text and HTML, with the delivery’s id and a way out', async () => {
    const { mails, mailer } = await serve();
    const message = mail();
    const sender = mailer();
    expect(await sender.send(message)).toMatchObject({ outcome: 'delivered', status: 250 });
    expect(await sender.send(message)).toMatchObject({ outcome: 'delivered' });
    expect(mails).toHaveLength(2);
    for (const { text, secure, to } of mails) {
      expect(secure).toBe(true);
      expect(to).toEqual(['ops@acme.example']);
      expect(text).toContain(`Message-ID: <${message.id}@portal.example>`);
      expect(text).toContain(
        `List-Unsubscribe: <mailto:alerts@portal.example?subject=unsubscribe%20${message.channelId}>`,
      );
      expect(text).toMatch(/^Subject: 80 % of the daily relay limit is used/m);
      expect(text).toContain('Content-Type: text/plain');
      expect(text).toContain('Content-Type: text/html');
      expect(text).toContain('Auto-Submitted: auto-generated');
    }
  });

  it('goes out over TLS from the first byte, with an account', async () => {
    const { mails, mailer } = await serve({
      secure: true,
      authOptional: false,
      onAuth: ({ username, password }, _session, done) =>
        username === 'portal' && password === 'a secret' ? done(null, { user: username }) : done(failing(535)),
    });
    const right = mailer({ tlsMode: 'tls', user: 'portal', password: 'a secret' });
    expect(await right.send(mail())).toMatchObject({ outcome: 'delivered' });
    expect(mails[0]).toMatchObject({ secure: true, user: 'portal' });
    // A wrong password is the operator's trouble and no reason to lose an address.
    const wrong = await mailer({ tlsMode: 'tls', user: 'portal', password: 'canary' }).send(mail());
    expect(wrong.outcome).toBe('retry');
    expect(JSON.stringify(wrong)).not.toContain('canary');
  });

  it('is never sent in the clear, nor to a server that nobody vouches for', async () => {
    const plain = await serve({ disabledCommands: ['STARTTLS'] });
    expect(await plain.mailer().send(mail())).toMatchObject({ outcome: 'retry' });
    const stranger = await serve();
    // No authority of our own: the system knows nothing of this certificate.
    expect(await stranger.mailer({ ca: '' }).send(mail())).toMatchObject({ outcome: 'retry', status: null });
    expect([...plain.mails, ...stranger.mails]).toEqual([]);
  });

  it.each([
    [450, 'retry'],
    [421, 'retry'],
    [550, 'gone'],
    [553, 'gone'],
  ])('to an address that is answered %i: %s', async (code, outcome) => {
    const { mailer } = await serve({ onRcptTo: (_address, _session, done) => done(failing(code)) });
    expect(await mailer().send(mail())).toMatchObject({ outcome, status: code });
  });

  it.each([
    [452, 'retry'],
    [554, 'rejected'],
  ])('whose text is answered %i: %s, and the address stays', async (code, outcome) => {
    const { mailer } = await serve({
      onData: (stream, _session, done) => {
        stream.on('end', () => done(failing(code)));
        stream.resume();
      },
    });
    expect(await mailer().send(mail())).toMatchObject({ outcome, status: code });
  });

  it('to a server that says nothing ends in time and is tried again', async () => {
    const { mailer } = await serve({ onMailFrom: () => undefined });
    const result = await mailer({ timeoutMs: 500 }).send(mail());
    expect(result).toMatchObject({ outcome: 'retry', status: null });
  });

  it('has one recipient and no headers but ours, whatever the address looks like', async () => {
    const { mails, mailer } = await serve();
    const sender = mailer();
    for (const to of [
      'a@acme.example, b@acme.example',
      'a@acme.example\r\nBcc: all@acme.example',
      '<a@acme.example> b@acme.example',
    ]) {
      expect(await sender.send(mail(to))).toMatchObject({ outcome: 'rejected' });
    }
    expect(mails).toEqual([]);
    await sender.send({ ...mail(), subject: 'x\r\nBcc: all@acme.example' });
    expect(mails).toHaveLength(1);
    for (const { text, to } of mails) {
      expect(to).toHaveLength(1);
      expect(text.split('\r\n\r\n')[0]).not.toMatch(/^Bcc:/im);
    }
  });
});
