import {
  Body,
  Controller,
  Header,
  Get,
  Inject,
  NotFoundException,
  Param,
  Post,
  Req,
  UnauthorizedException,
} from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Access, BUILT_IN_OPEN, Caller, type Principal, type SessionTokens, Sessions, SigningKeys } from '#libs/auth';
import { type MutationContext, notFound } from '#libs/tenancy';
import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { Answers } from '../http/answers.js';
import { Mutation } from '../http/mutation.js';
import { id, isoOf } from '../schemas/common.js';
import {
  discoverySchema,
  endedSessionSchema,
  jwksSchema,
  rotateSigningKeyBody,
  sessionTokensSchema,
  signInBody,
  signInCodeSchema,
  signingKeySchema,
} from '../schemas/identity.js';

/** The built-in issuer: sign-in without another identity provider. */
@ApiTags('Sign-in')
@Controller()
export class SessionsController {
  constructor(
    private readonly sessions: Sessions,
    private readonly keys: SigningKeys,
    @Inject(BUILT_IN_OPEN) private readonly isOpen: boolean,
  ) {}

  @Post('v1/auth/token')
  @Access('public')
  @Answers({
    summary: 'Sign in, or refresh a session',
    description:
      'Exchanges the operator’s token, an invitation, a sign-in code or a refresh token for an access token of ten minutes and a refresh token that works once. ' +
      'It takes no Idempotency-Key: a refresh token that comes twice ends its session, which is how a theft shows. 404 where only foreign issuers sign people in.',
    schema: sessionTokensSchema,
    isPublic: true,
    problems: [400, 401, 404, 'invitation-unusable'],
  })
  async signIn(@Body({ schema: signInBody }) body: z.output<typeof signInBody>, @Req() request: FastifyRequest) {
    this.demandOpen();
    const tokens = await this.exchange(body, request.id);
    if (tokens === null) throw new UnauthorizedException('What was sent signs nobody in.');
    return { tokenType: 'Bearer' as const, ...tokens, refreshExpiresAt: isoOf(tokens.refreshExpiresAt) };
  }

  @Post('v1/auth/sign-out')
  @Access('signed-in')
  @Answers({
    summary: 'End the session',
    description: 'All its tokens end. For sessions of the built-in issuer; others end where they began.',
    schema: endedSessionSchema,
    mutation: true,
    problems: [404],
  })
  signOut(@Caller() caller: Principal, @Mutation() context: MutationContext) {
    const sessionId = caller.person?.sessionId ?? null;
    if (sessionId === null) throw notFound('session of the built-in issuer');
    return this.sessions.end(context, sessionId, 'signed out');
  }

  @Post('v1/me/sign-in-codes')
  @Access('signed-in')
  @Answers({
    summary: 'Make a code to sign in on another device',
    description: 'Works once, within ten minutes. For people of the built-in issuer.',
    status: 201,
    schema: signInCodeSchema,
    mutation: true,
    problems: [404],
  })
  ownCode(@Caller() caller: Principal, @Mutation() context: MutationContext) {
    if (caller.person === null) throw notFound('person who signs in here');
    return this.code(context, caller.person.userId);
  }

  @Post('v1/users/:userId/sign-in-codes')
  @Access({ permission: 'operations:write', of: 'operator' })
  @Answers({
    summary: 'Make a sign-in code for somebody',
    description: 'For a person of the built-in issuer who lost his session. The code works once, within ten minutes.',
    status: 201,
    schema: signInCodeSchema,
    mutation: true,
    problems: [404],
  })
  codeFor(@Mutation() context: MutationContext, @Param('userId', { schema: id }) userId: string) {
    return this.code(context, userId);
  }

  @Post('v1/auth/keys/rotate')
  @Access({ permission: 'operations:write', of: 'operator' })
  @Answers({
    summary: 'Replace the built-in issuer’s signing key',
    description: 'It is replaced every 30 days anyway. After a compromise everybody refreshes his session.',
    status: 201,
    schema: signingKeySchema,
    mutation: true,
  })
  rotate(
    @Mutation() context: MutationContext,
    @Body({ schema: rotateSigningKeyBody }) body: z.output<typeof rotateSigningKeyBody>,
  ) {
    return this.keys.rotate(context, body.compromised);
  }

  @Get('.well-known/openid-configuration')
  @Access('public')
  @Header('cache-control', 'public, max-age=300')
  @Answers({
    summary: 'Discovery of the built-in issuer',
    schema: discoverySchema,
    isPublic: true,
    problems: [404],
  })
  discovery() {
    this.demandOpen();
    const { issuer } = this.sessions;
    return {
      issuer,
      jwks_uri: `${issuer}/.well-known/jwks.json`,
      token_endpoint: `${issuer}/v1/auth/token`,
      response_types_supported: [],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['EdDSA'],
    };
  }

  @Get('.well-known/jwks.json')
  @Access('public')
  @Header('cache-control', 'public, max-age=300')
  @Answers({
    summary: 'Public keys of the built-in issuer',
    schema: jwksSchema,
    isPublic: true,
    problems: [404],
  })
  async jwks() {
    this.demandOpen();
    return { keys: await this.keys.published() };
  }

  private exchange(body: z.output<typeof signInBody>, requestId: string): Promise<SessionTokens | null> {
    switch (body.grant) {
      case 'operator-token':
        return this.sessions.signInOperator(body.token, requestId);
      case 'invitation':
        return this.sessions.signInWithInvitation(body.token, body.name ?? null, requestId);
      case 'sign-in-code':
        return this.sessions.signInWithCode(body.code, requestId);
      case 'refresh':
        return this.sessions.refresh(body.refreshToken, requestId);
    }
  }

  private async code(context: MutationContext, userId: string) {
    this.demandOpen();
    const { code, expiresAt } = await this.sessions.createCode(context, userId);
    return { code, expiresAt: isoOf(expiresAt) };
  }

  private demandOpen(): void {
    if (!this.isOpen) throw new NotFoundException('The built-in issuer is switched off; sign in with your own.');
  }
}
