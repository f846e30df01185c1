import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import type { Logger } from '#libs/telemetry';
import type { TenantErasure } from '#libs/tenancy';

/** How often due deletions are looked for. */
const PERIOD_MS = 60_000;

/** Runs the erasure of tenants whose grace is over, one run at a time. Several copies of the API may do so at once. */
export class ErasureJob implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly stopping = new AbortController();
  private timer: NodeJS.Timeout | null = null;
  private running: Promise<void> | null = null;

  constructor(
    private readonly erasure: Pick<TenantErasure, 'run'>,
    private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => {
      this.running ??= this.run().finally(() => {
        this.running = null;
      });
    }, PERIOD_MS).unref();
  }

  async onApplicationShutdown(): Promise<void> {
    if (this.timer) clearInterval(this.timer);
    this.stopping.abort();
    await this.running;
  }

  private async run(): Promise<void> {
    try {
      const { erased, keysErased, waiting } = await this.erasure.run(this.stopping.signal);
      if (erased.length + keysErased.length > 0) this.logger.info({ erased, keysErased, waiting }, 'tenants erased');
    } catch (error) {
      this.logger.warn({ err: error }, 'the erasure of tenants failed and will be tried again');
    }
  }
}
