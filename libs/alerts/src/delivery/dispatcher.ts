import type { Mutations } from '#libs/tenancy';
import type { DataSource } from 'typeorm';
import type { Dispatcher as HttpDispatcher } from 'undici';
import type { AlertEvent } from '../domain/alert-events.js';
import type { ChannelSecrets } from '../domain/channel-secrets.js';
import type { EgressPolicy } from '../egress/webhook-url.js';
import { type ClaimedDelivery, claimDelivery, settleAttempt } from './delivery-store.js';
import { disableChannel } from './disable-channel.js';
import { mailText } from './mail-text.js';
import type { Mailer } from './mailer.js';
import type { SendResult } from './send-result.js';
import { sendWebhook } from './webhook-sender.js';

/** What a {@link AlertDispatcher} works with. */
export interface DispatcherOptions {
  readonly dataSource: DataSource;
  readonly mutations: Mutations;
  readonly secrets: ChannelSecrets;
  /** A guarded agent; the caller closes it. */
  readonly http: HttpDispatcher;
  readonly policy: EgressPolicy;
  /** null: there is no mail server, and mail waits for one. */
  readonly mailer: Mailer | null;
  /** For one attempt. */
  readonly timeoutMs: number;
  readonly retryDelaysMs: readonly number[];
  /** A channel that has done nothing but fail for so long is disabled. */
  readonly disableAfterMs: number;
  readonly clock?: () => number;
  /** 0 (included) to 1 (excluded). */
  readonly random?: () => number;
}

/** What {@link AlertDispatcher.attempt} did; `skipped`: not due, done already, or somebody else's. */
export interface Attempted {
  readonly outcome: SendResult['outcome'] | 'skipped';
  readonly kind?: 'webhook' | 'email';
  readonly channelId?: string;
  readonly disabled?: 'failing' | 'gone';
}

/** Time for settling after the longest attempt; a claim ends after both. */
const SETTLING_MS = 5_000;

/** Attempts deliveries, one at a time, any number of them side by side in any number of processes. */
export class AlertDispatcher {
  private readonly clock: () => number;
  private readonly random: () => number;

  constructor(private readonly options: DispatcherOptions) {
    this.clock = options.clock ?? Date.now;
    this.random = options.random ?? Math.random;
  }

  /**
   * Claims a delivery, sends it once, and settles it. Killed in between, the claim ends by itself and the delivery is sent again with the same
   * id. Rejects only when PostgreSQL does.
   */
  async attempt(deliveryId: string): Promise<Attempted> {
    const { dataSource, timeoutMs, retryDelaysMs } = this.options;
    const delivery = await claimDelivery(dataSource, deliveryId, timeoutMs + SETTLING_MS);
    if (delivery === null) return { outcome: 'skipped' };
    const startedAt = new Date(this.clock());
    const result = await this.send(delivery);
    const durationMs = Math.max(0, this.clock() - startedAt.getTime());
    const schedule = { delaysMs: retryDelaysMs, random: this.random };
    const settled = await settleAttempt(dataSource, delivery, { ...result, startedAt, durationMs }, schedule);
    const { kind, channelId } = delivery;
    const disabled = await this.disableIfDue(delivery, result, settled.failingSince);
    return { outcome: result.outcome, kind, channelId, ...(disabled === null ? {} : { disabled }) };
  }

  private async disableIfDue(
    delivery: ClaimedDelivery,
    result: SendResult,
    failingSince: Date | null,
  ): Promise<'failing' | 'gone' | null> {
    const { mutations, disableAfterMs } = this.options;
    if (result.outcome === 'gone') {
      return (await disableChannel(mutations, delivery, result.error ?? 'the receiver is gone')) ? 'gone' : null;
    }
    if (failingSince === null || this.clock() - failingSince.getTime() < disableAfterMs) return null;
    const since = failingSince.toISOString();
    const reason = `every delivery since ${since} failed, last: ${result.error ?? 'unknown'}`;
    return (await disableChannel(mutations, delivery, reason)) ? 'failing' : null;
  }

  private async send(delivery: ClaimedDelivery): Promise<SendResult> {
    const { secrets, mailer, http, policy, timeoutMs } = this.options;
    const { deliveryId: id, target } = delivery;
    if (delivery.kind === 'email') {
      if (mailer === null) return unsent('no mail server is configured');
      const event = JSON.parse(delivery.body) as AlertEvent;
      const text = mailText(event, secrets.confirmationCode(delivery, delivery.confirmation));
      return mailer.send({ ...text, id, to: target, channelId: delivery.channelId });
    }
    let signing: string[];
    try {
      signing = this.signingSecrets(delivery);
    } catch {
      return unsent('the signing secret cannot be opened');
    }
    const transport = { dispatcher: http, policy, timeoutMs, clock: this.clock };
    return sendWebhook({ id, url: target, body: delivery.body, secrets: signing }, transport);
  }

  /** The newest first, then the one that it replaces while that is still good. */
  private signingSecrets(delivery: ClaimedDelivery): string[] {
    const { secrets } = this.options;
    const { secretVersion, sealedSecret, sealedPreviousSecret } = delivery;
    const sealed = [
      [secretVersion, sealedSecret],
      [secretVersion - 1, sealedPreviousSecret],
    ] as const;
    return sealed.flatMap(([version, bytes]) => (bytes === null ? [] : [secrets.open(delivery, version, bytes)]));
  }
}

function unsent(error: string): SendResult {
  return { outcome: 'retry', status: null, error, answer: null };
}
