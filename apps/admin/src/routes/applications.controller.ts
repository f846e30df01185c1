import { Body, Controller, Get, Headers, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Access, Caller, type Principal, mayDo } from '#libs/auth';
import type { LedgerPort } from '#libs/ledger';
import { ApplicationStaker, type ApplicationView, Applications, type MutationContext } from '#libs/tenancy';
import type { z } from 'zod';
import { Answers } from '../http/answers.js';
import { Mutation } from '../http/mutation.js';
import { ProblemError } from '../http/problem.js';
import { ApplicationPresenter } from '../network/application-presenter.js';
import { untilHeight, waitSecondsOf } from '../network/until-height.js';
import { Readiness } from '../readiness.js';
import {
  applicationPageSchema,
  applicationSchema,
  createApplicationBody,
  stakeBody,
  withdrawBody,
} from '../schemas/application.js';
import { id, pageQuery, upoktOf } from '../schemas/common.js';
import { LEDGER, STAKE_TIMEOUT_MS } from '../tokens.js';

const WAITS =
  'Waits until the stake is in a block, up to the configured time. If `isSettled` is false then, ask again (with the same ' +
  'Idempotency-Key, or `settle`): nothing is paid twice.';

/** Applications: stakes that buy relays, and the AATs to spend them. */
@ApiTags('Applications')
@Controller('v1/tenants/:tenantId/applications')
export class ApplicationsController {
  constructor(
    private readonly applications: Applications,
    private readonly staker: ApplicationStaker,
    private readonly presenter: ApplicationPresenter,
    @Inject(LEDGER) private readonly ledger: LedgerPort,
    @Inject(STAKE_TIMEOUT_MS) private readonly stakeTimeoutMs: number,
    private readonly readiness: Readiness,
  ) {}

  @Post()
  @Access({ permission: 'applications:write', of: 'tenant' })
  @Answers({
    summary: 'Create an application',
    description: `A managed one is funded and staked from the operator’s treasury, so only operators create it. ${WAITS}`,
    status: 201,
    schema: applicationSchema,
    mutation: true,
    prefersWait: 'the first session that counts the stake has begun, so that the application serves relays',
    problems: [
      404,
      'chain-unknown',
      'aat-invalid',
      'aat-for-another-gateway',
      'application-not-staked',
      'application-registered',
      'stake-refused',
      'treasury-short',
      'ledger-unreachable',
    ],
  })
  async create(
    @Caller() caller: Principal,
    @Mutation() context: MutationContext,
    @Param('tenantId', { schema: id }) tenantId: string,
    @Body({ schema: createApplicationBody }) body: z.infer<typeof createApplicationBody>,
    @Headers('prefer') prefer: string | undefined,
  ) {
    if (body.source === 'ready-made') {
      return this.presenter.present(await this.applications.createReadyMade(context, tenantId, body, this.ledger));
    }
    refuseTenants(caller);
    const { applicationId } = await this.applications.createManaged(context, tenantId, {
      name: body.name,
      chains: body.chains,
      stakeUpokt: upoktOf(body.stakePokt),
    });
    const application = await this.settled(tenantId, applicationId);
    const timeoutMs = waitSecondsOf(prefer) * 1_000;
    if (timeoutMs > 0 && application.usableFromHeight !== null) {
      await untilHeight(this.ledger, application.usableFromHeight, { timeoutMs, signal: this.readiness.signal });
    }
    return application;
  }

  @Get()
  @Access({ permission: 'applications:read', of: 'tenant' })
  @Answers({ summary: 'List applications', schema: applicationPageSchema, problems: [400, 404] })
  async list(
    @Param('tenantId', { schema: id }) tenantId: string,
    @Query({ schema: pageQuery }) query: z.infer<typeof pageQuery>,
  ) {
    const { items, next } = await this.applications.list(tenantId, query);
    return { items: await Promise.all(items.map((item) => this.presenter.present(item))), next };
  }

  @Get(':applicationId')
  @Access({ permission: 'applications:read', of: 'tenant' })
  @Answers({
    summary: 'Get an application',
    description: 'With its stake, daily limit, per-session allowance, and what was used today.',
    schema: applicationSchema,
    problems: [400, 404],
  })
  async get(
    @Param('tenantId', { schema: id }) tenantId: string,
    @Param('applicationId', { schema: id }) applicationId: string,
  ) {
    return this.presenter.present(await this.applications.get(tenantId, applicationId));
  }

  @Post(':applicationId/stake')
  @Access({ permission: 'applications:stake', of: 'operator' })
  @Answers({
    summary: 'Raise the stake, or change its chains',
    description: `The daily limit rises as soon as the ledger has it. ${WAITS}`,
    schema: applicationSchema,
    mutation: true,
    problems: [
      404,
      'chain-unknown',
      'stake-lower',
      'application-unstaking',
      'not-managed',
      'stake-refused',
      'treasury-short',
      'ledger-unreachable',
    ],
  })
  async stake(
    @Mutation() context: MutationContext,
    @Param('tenantId', { schema: id }) tenantId: string,
    @Param('applicationId', { schema: id }) applicationId: string,
    @Body({ schema: stakeBody }) body: z.infer<typeof stakeBody>,
  ) {
    await this.refresh(tenantId, applicationId);
    await this.applications.requestStake(context, tenantId, applicationId, {
      stakeUpokt: upoktOf(body.stakePokt),
      chains: body.chains,
    });
    return this.settled(tenantId, applicationId);
  }

  @Post(':applicationId/transfer')
  @Access({ permission: 'applications:stake', of: 'operator' })
  @Answers({
    summary: 'Move the stake to a new key',
    description:
      'Makes and seals a new key and its AAT, and moves stake, chains and allowance to it on the ledger. The id stays, so endpoint URLs and keys stay, too. ' +
      'Sessions belong to keys: this application serves again from `usableFromHeight`, the next session; other applications of an endpoint carry its relays until then. ' +
      WAITS,
    schema: applicationSchema,
    mutation: true,
    problems: [404, 'not-managed', 'application-not-staked', 'stake-refused', 'treasury-short', 'ledger-unreachable'],
  })
  async transfer(
    @Mutation() context: MutationContext,
    @Param('tenantId', { schema: id }) tenantId: string,
    @Param('applicationId', { schema: id }) applicationId: string,
  ) {
    await this.applications.requestTransfer(context, tenantId, applicationId);
    return this.settled(tenantId, applicationId);
  }

  @Post(':applicationId/unstake')
  @Access({ permission: 'applications:stake', of: 'operator' })
  @Answers({
    summary: 'Give up the stake',
    description: `The daily limit is 0 from the block that has it; POKT returns after the unstaking time. ${WAITS}`,
    schema: applicationSchema,
    mutation: true,
    problems: [
      404,
      'not-managed',
      'application-not-staked',
      'application-unstaking',
      'stake-refused',
      'treasury-short',
      'ledger-unreachable',
    ],
  })
  async unstake(
    @Mutation() context: MutationContext,
    @Param('tenantId', { schema: id }) tenantId: string,
    @Param('applicationId', { schema: id }) applicationId: string,
  ) {
    await this.applications.requestUnstake(context, tenantId, applicationId);
    return this.settled(tenantId, applicationId);
  }

  @Post(':applicationId/withdraw')
  @Access({ permission: 'applications:stake', of: 'operator' })
  @Answers({
    summary: 'Return an unstaked application’s POKT',
    description:
      'Sends all that the application’s account holds, less the fee, to the treasury or to the address given, once the unstaking time is over. ' +
      'Waits until it is in a block, up to the configured time; while `isSettled` is false, repeat it: nothing is paid twice.',
    schema: applicationSchema,
    mutation: true,
    problems: [
      404,
      'not-managed',
      'application-staked',
      'application-unstaking',
      'stake-refused',
      'ledger-unreachable',
    ],
  })
  async withdraw(
    @Mutation() context: MutationContext,
    @Param('tenantId', { schema: id }) tenantId: string,
    @Param('applicationId', { schema: id }) applicationId: string,
    @Body({ schema: withdrawBody }) body: z.infer<typeof withdrawBody>,
  ) {
    await this.refresh(tenantId, applicationId);
    await this.applications.requestWithdrawal(context, tenantId, applicationId, body.toAddress ?? null);
    const limits = { timeoutMs: this.stakeTimeoutMs, signal: this.readiness.signal };
    await this.staker.withdraw(
      tenantId,
      applicationId,
      body.toAddress === undefined ? limits : { ...limits, toAddressHex: body.toAddress },
    );
    return this.presenter.present(await this.applications.get(tenantId, applicationId));
  }

  @Post(':applicationId/settle')
  @Access({ permission: 'applications:stake', of: 'operator' })
  @Answers({
    summary: 'Continue an unfinished stake, transfer or unstake',
    description:
      'Changes nothing that was not requested before, so it takes no Idempotency-Key and may be repeated freely.',
    schema: applicationSchema,
    problems: [400, 404, 'stake-refused', 'treasury-short', 'ledger-unreachable'],
  })
  async settle(
    @Param('tenantId', { schema: id }) tenantId: string,
    @Param('applicationId', { schema: id }) applicationId: string,
  ) {
    await this.refresh(tenantId, applicationId);
    return this.settled(tenantId, applicationId);
  }

  private async settled(tenantId: string, applicationId: string) {
    const limits = { timeoutMs: this.stakeTimeoutMs, signal: this.readiness.signal };
    await this.staker.settle(tenantId, applicationId, limits);
    return this.presenter.present(await this.applications.get(tenantId, applicationId));
  }

  private refresh(tenantId: string, applicationId: string): Promise<ApplicationView> {
    return this.applications.refreshStake(tenantId, applicationId, this.ledger);
  }
}

/** A managed application spends the operator's POKT. */
function refuseTenants(caller: Principal): void {
  if (mayDo(caller, 'applications:stake')) return;
  throw new ProblemError('forbidden', 'Managed applications are staked by operators. Upload a ready-made AAT instead.');
}
