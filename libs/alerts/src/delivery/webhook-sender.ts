import { type Dispatcher, request } from 'undici';
import { EGRESS_POLICY_DEFAULT, type EgressPolicy, WebhookUrlError, parseWebhookUrl } from '../egress/webhook-url.js';
import { type SendResult, shownText } from './send-result.js';
import { webhookSignature } from './signature.js';

/** One message to one webhook. */
export interface WebhookMessage {
  /** The same at every attempt: receivers tell repeats by it. */
  readonly id: string;
  readonly url: string;
  /** JSON text, sent as it is. */
  readonly body: string;
  /** `whsec_…`, one, or two during a rotation. */
  readonly secrets: readonly string[];
}

/** How {@link sendWebhook} reaches receivers. */
export interface WebhookTransport {
  /** A guarded agent. */
  readonly dispatcher: Dispatcher;
  readonly policy?: EgressPolicy;
  /** For everything from the name's resolution to the answer's end. */
  readonly timeoutMs: number;
  readonly clock?: () => number;
}

/** Most bytes of an answer that are read; the rest is hung up on. */
const ANSWER_BYTES_MAX = 4_096;

const STATUS_GONE = 410;

/**
 * Sends a message by POST. 2xx is success, 410 means that the receiver is gone, anything else is tried again; redirects are not followed.
 * Never rejects: what went wrong is in the result, without the URL.
 */
export async function sendWebhook(message: WebhookMessage, transport: WebhookTransport): Promise<SendResult> {
  const { dispatcher, policy = EGRESS_POLICY_DEFAULT, timeoutMs, clock = Date.now } = transport;
  const timestampS = Math.floor(clock() / 1_000);
  const limit = AbortSignal.timeout(timeoutMs);
  try {
    // The rules may have become stricter since the URL was saved.
    const url = parseWebhookUrl(message.url, policy);
    const response = await request(url, {
      method: 'POST',
      dispatcher,
      signal: limit,
      headers: {
        'content-type': 'application/json',
        'user-agent': 'pokt-portal-alerts/1',
        'webhook-id': message.id,
        'webhook-timestamp': String(timestampS),
        'webhook-signature': webhookSignature(message.secrets, message.id, timestampS, message.body),
      },
      body: message.body,
    });
    return resultOf(response.statusCode, await beginningOf(response.body));
  } catch (error) {
    const text = limit.aborted ? `no answer within ${timeoutMs} ms` : faultOf(error);
    return { outcome: 'retry', status: null, error: shownText(text, 300), answer: null };
  }
}

function resultOf(status: number, answer: string): SendResult {
  if (status >= 200 && status < 300) return { outcome: 'delivered', status, error: null, answer };
  if (status === STATUS_GONE) return { outcome: 'gone', status, error: 'the receiver is gone (410)', answer };
  const error = status >= 300 && status < 400 ? `redirects are not followed (${status})` : `status ${status}`;
  return { outcome: 'retry', status, error, answer };
}

async function beginningOf(body: Dispatcher.ResponseData['body']): Promise<string> {
  const parts: Buffer[] = [];
  let length = 0;
  // Leaving the loop destroys the stream, and with it a connection that would go on and on.
  for await (const part of body as AsyncIterable<Buffer>) {
    parts.push(part);
    length += part.length;
    if (length >= ANSWER_BYTES_MAX) break;
  }
  return shownText(Buffer.concat(parts).subarray(0, ANSWER_BYTES_MAX).toString('utf8'));
}

/** Codes and our own sentences only: messages of the network may hold the address, and with it what its owner keeps secret. */
function faultOf(error: unknown): string {
  if (error instanceof WebhookUrlError) return error.message;
  const { code, name, message } = error as NodeJS.ErrnoException;
  if (code === 'EGRESS_REFUSED') return message;
  return typeof code === 'string' ? `no connection or no answer (${code})` : `no answer (${name})`;
}
