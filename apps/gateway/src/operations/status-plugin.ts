import type { FastifyInstance } from 'fastify';
import type { ChainCatalogue } from '#libs/chains';
import { COMMON_HEADERS } from '../edge/response-headers.js';
import type { Readiness } from '../health/readiness.js';
import type { ChainHealth } from './chain-health.js';
import type { RuntimeControls } from './runtime-controls.js';

export interface StatusPluginOptions {
  readonly controls: RuntimeControls;
  readonly health: ChainHealth;
  readonly chains: ChainCatalogue;
  readonly readiness: Pick<Readiness, 'report'>;
  readonly now?: () => number;
}

/** How well a chain is served. */
export type ChainStatus = 'ok' | 'degraded' | 'maintenance' | 'outage';

/** `GET /v1/status`: what the public may know of this gateway: notices, and chains that are not served as they should. */
export class StatusPlugin {
  constructor(private readonly o: StatusPluginOptions) {}

  /** Registers the route; call it once, before the server is ready. */
  async register(scope: FastifyInstance): Promise<void> {
    scope.get('/v1/status', (_request, reply) => {
      reply.headers(COMMON_HEADERS);
      reply.header('content-type', 'application/json; charset=utf-8');
      reply.send(JSON.stringify(this.report()));
    });
    await Promise.resolve();
  }

  /** The answer. Chains nobody called within a minute and without a notice are left out. */
  report(): object {
    const { controls, health, chains, readiness } = this.o;
    const notices = controls.allNotices();
    const values = controls.values;
    const measured = health.lastMinute();
    const listed = chains.all.flatMap((chain) => {
      const counts = measured.get(chain.id);
      const own = notices.filter((notice) => notice.inForce && notice.chain === chain.slug);
      if (counts === undefined && own.length === 0) return [];
      const judged = counts !== undefined && counts.calls >= values['status.callsMin'];
      const degraded = judged && counts.failed / counts.calls >= values['status.degradedShare'];
      return [{ chain: chain.slug, status: worst(own, degraded) }];
    });
    const everywhere = notices.filter((notice) => notice.inForce && notice.chain === null);
    const isReady = readiness.report().ready;
    const somewhere = listed.some(({ status }) => status !== 'ok');
    return {
      status: isReady ? worst(everywhere, somewhere) : 'outage',
      asOf: new Date((this.o.now ?? Date.now)()).toISOString(),
      notices,
      chains: listed,
    };
  }
}

function worst(notices: ReadonlyArray<{ readonly severity: string }>, degraded: boolean): ChainStatus {
  if (notices.some(({ severity }) => severity === 'outage')) return 'outage';
  if (notices.some(({ severity }) => severity === 'maintenance')) return 'maintenance';
  return degraded ? 'degraded' : 'ok';
}
