import { Body, Controller, Get, Param, Patch } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Access } from '#libs/auth';
import { SettingDesk, type SettingName } from '#libs/operations';
import type { MutationContext } from '#libs/tenancy';
import type { z } from 'zod';
import { Answers } from '../http/answers.js';
import { Mutation } from '../http/mutation.js';
import { changeSettingBody, settingAnswer, settingListSchema, settingName, settingSchema } from './control-schemas.js';

/** What operators may change while gateways run. */
@ApiTags('Operations')
@Controller('v1/operations/settings')
export class RuntimeSettingsController {
  constructor(private readonly desk: SettingDesk) {}

  @Get()
  @Access({ permission: 'operations:read', of: 'operator' })
  @Answers({ summary: 'List runtime settings with their bounds', schema: settingListSchema })
  async list() {
    return { items: (await this.desk.list()).map(settingAnswer) };
  }

  @Get(':name')
  @Access({ permission: 'operations:read', of: 'operator' })
  @Answers({ summary: 'Get a runtime setting', schema: settingSchema, problems: [400, 404] })
  async get(@Param('name', { schema: settingName }) name: SettingName) {
    return settingAnswer(await this.desk.get(name));
  }

  @Patch(':name')
  @Access({ permission: 'operations:write', of: 'operator' })
  @Answers({
    summary: 'Change a runtime setting',
    description: 'Every gateway applies it within a second, without a restart. The audit log keeps each value.',
    schema: settingSchema,
    mutation: true,
    problems: [404],
  })
  async change(
    @Mutation() context: MutationContext,
    @Param('name', { schema: settingName }) name: SettingName,
    @Body({ schema: changeSettingBody }) body: z.infer<typeof changeSettingBody>,
  ) {
    return settingAnswer(await this.desk.change(context, name, body.value));
  }
}
