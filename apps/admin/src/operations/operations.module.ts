import { type DynamicModule, Module } from '@nestjs/common';
import { ClosureDesk, ExplainDesk, NoticeDesk, SettingDesk } from '#libs/operations';
import { ClosuresController } from './closures.controller.js';
import { NoticesController } from './notices.controller.js';
import { RuntimeSettingsController } from './settings.controller.js';

/** What operators see of the running system and do to it. */
@Module({})
export class OperationsModule {
  static forRoot(): DynamicModule {
    return {
      module: OperationsModule,
      controllers: [RuntimeSettingsController, ClosuresController, NoticesController],
      providers: [SettingDesk, ClosureDesk, NoticeDesk, ExplainDesk],
    };
  }
}
