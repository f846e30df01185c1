import { type DynamicModule, Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { ClosureDesk, ExplainDesk, NoticeDesk, QueueDesk, RequestDesk, SettingDesk } from '#libs/operations';
import { type RedisConnection, queueConnection } from '#libs/queues';
import { Mutations } from '#libs/tenancy';
import { ClosuresController } from './closures.controller.js';
import { LiveController } from './live.controller.js';
import { NoticesController } from './notices.controller.js';
import { QueuesController } from './queues.controller.js';
import { OperatorRequestsController, RequestsController } from './requests.controller.js';
import { RuntimeSettingsController } from './settings.controller.js';
import { OPERATIONS_REDIS } from './tokens.js';

/** What operators see of the running system and do to it. */
@Module({})
export class OperationsModule implements OnApplicationShutdown {
  constructor(
    @Inject(OPERATIONS_REDIS) private readonly redis: RedisConnection,
    private readonly queues: QueueDesk,
  ) {}

  static forRoot(settings: { readonly redisUrl: string }): DynamicModule {
    return {
      module: OperationsModule,
      controllers: [
        LiveController,
        QueuesController,
        RuntimeSettingsController,
        ClosuresController,
        NoticesController,
        RequestsController,
        OperatorRequestsController,
      ],
      providers: [
        // Its own connection: looking at queues must not wait behind limits, nor limits behind it.
        { provide: OPERATIONS_REDIS, useFactory: () => queueConnection(settings.redisUrl, 'producer') },
        {
          provide: QueueDesk,
          inject: [OPERATIONS_REDIS, Mutations],
          useFactory: (redis: RedisConnection, mutations: Mutations) => new QueueDesk(redis, mutations),
        },
        SettingDesk,
        ClosureDesk,
        NoticeDesk,
        ExplainDesk,
        RequestDesk,
      ],
    };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.queues.close();
    this.redis.disconnect();
  }
}
