import { createTransport } from 'nodemailer';
import type { MailText } from './mail-text.js';
import { type SendResult, shownText } from './send-result.js';

/** The SMTP server that takes alerts, and how it is spoken to. */
export interface SmtpSettings {
  readonly host: string;
  readonly port: number;
  /** `tls`: from the first byte. `starttls`: upgraded, or nothing is sent. `none`: in the clear, for a server on this machine. */
  readonly tlsMode: 'tls' | 'starttls' | 'none';
  readonly user?: string | undefined;
  readonly password?: string | undefined;
  /** Address that alerts come from. */
  readonly from: string;
  /** Connections kept open; default 2. */
  readonly connectionsMax?: number;
  /** For everything from the queue of the pool to the server's last answer; default 15,000. */
  readonly timeoutMs?: number;
  /** Certificate authority of the server, PEM; default: the system's. */
  readonly ca?: string;
}

/** One message to one address. */
export interface Mail extends MailText {
  /** The same at every attempt; becomes the Message-ID. */
  readonly id: string;
  readonly to: string;
  readonly channelId: string;
}

/** Sends mail by SMTP over a small pool of connections. */
export class Mailer {
  private readonly transport: ReturnType<typeof createTransport>;
  private readonly domain: string;
  private readonly timeoutMs: number;

  constructor(private readonly settings: SmtpSettings) {
    const { host, port, tlsMode, user, password, connectionsMax = 2, timeoutMs = 15_000, ca } = settings;
    this.timeoutMs = timeoutMs;
    this.domain = settings.from.split('@').at(-1) ?? 'localhost';
    this.transport = createTransport({
      pool: true,
      host,
      port,
      secure: tlsMode === 'tls',
      requireTLS: tlsMode === 'starttls',
      ignoreTLS: tlsMode === 'none',
      ...(user === undefined ? {} : { auth: { user, pass: password ?? '' } }),
      ...(ca === undefined ? {} : { tls: { ca } }),
      maxConnections: connectionsMax,
      // A message whose connection broke is tried again by the schedule, not at once and unseen.
      maxRequeues: 0,
      connectionTimeout: timeoutMs,
      greetingTimeout: timeoutMs,
      socketTimeout: timeoutMs,
      // No part of a message is ever read from a file or a URL.
      disableFileAccess: true,
      disableUrlAccess: true,
    });
  }

  /**
   * Hands a message over. A refused recipient (5xx) is `gone`, another permanent refusal of the message `rejected`, everything else is
   * tried again. Never rejects, and names no address or password.
   */
  async send(mail: Mail): Promise<SendResult> {
    // nodemailer would read a list of recipients out of anything that looks like one.
    if (!PLAIN_ADDRESS.test(mail.to)) return { ...NO_ANSWER, outcome: 'rejected', error: 'this is no plain address' };
    let timer: NodeJS.Timeout | undefined;
    const limit = new Promise<SendResult>((resolve) => {
      const late: SendResult = { ...NO_ANSWER, error: `the mail server took longer than ${this.timeoutMs} ms` };
      timer = setTimeout(() => resolve(late), this.timeoutMs);
    });
    try {
      return await Promise.race([this.handOver(mail), limit]);
    } finally {
      clearTimeout(timer);
    }
  }

  private async handOver(mail: Mail): Promise<SendResult> {
    try {
      const info = await this.transport.sendMail({
        // Addresses as objects: nodemailer then takes them as they are and parses no list out of them.
        from: { name: 'POKT portal', address: this.settings.from },
        to: { name: '', address: mail.to },
        envelope: { from: this.settings.from, to: [mail.to] },
        subject: mail.subject,
        text: mail.text,
        html: mail.html,
        messageId: `<${mail.id}@${this.domain}>`,
        headers: {
          'Auto-Submitted': 'auto-generated',
          'X-Auto-Response-Suppress': 'All',
          'List-Unsubscribe': `<mailto:${this.settings.from}?subject=unsubscribe%20${mail.channelId}>`,
        },
      });
      return { outcome: 'delivered', status: 250, error: null, answer: shownText(String(info.response ?? '')) };
    } catch (error) {
      return resultOf(error as SmtpFault);
    }
  }

  /** Closes the pool; a message under way ends first. */
  close(): void {
    this.transport.close();
  }
}

/** One address and nothing around it: no blank, quote, bracket, comma or control character. */
const PLAIN_ADDRESS = /^[^\s\p{Cc}<>()[\]\\,;:"@]+@[^\s\p{Cc}<>()[\]\\,;:"@]+$/u;

const NO_ANSWER = { outcome: 'retry', status: null, answer: null } as const;

/** What nodemailer's errors carry. */
interface SmtpFault extends Error {
  readonly code?: string;
  readonly responseCode?: number;
  readonly response?: string;
  readonly command?: string;
}

const PERMANENT = 500;

function resultOf(fault: SmtpFault): SendResult {
  const { code = fault.name, responseCode, response, command } = fault;
  const status = responseCode ?? null;
  const answer = response === undefined ? null : shownText(response);
  if (status !== null && status >= PERMANENT && command === 'RCPT TO') {
    return { outcome: 'gone', status, error: `the mail server refused the address (${status})`, answer };
  }
  const isMessageRefused = status !== null && status >= PERMANENT && command === 'DATA';
  return {
    outcome: isMessageRefused ? 'rejected' : 'retry',
    status,
    error: status === null ? `no mail server took it (${code})` : `the mail server answered ${status}`,
    answer,
  };
}
