import { type Invitation, type Member, PERMISSIONS, OPERATOR_ROLES, TENANT_ROLES } from '#libs/auth';
import { z } from 'zod';
import { id, instant, isoOf, name, pageSchema, version } from './common.js';

/** Longest life of an invitation, days. */
const INVITATION_DAYS_MAX = 30;

const role = z.enum(TENANT_ROLES);
const permissions = z.array(z.enum(PERMISSIONS)).describe('Rows of the table in docs/permissions.md');
const credential = z.string().min(1).max(8_192);

/** A mail address, in lower case. */
const email = z
  .string()
  .trim()
  .max(254)
  .toLowerCase()
  .pipe(z.email())
  .meta({ examples: ['ada@example.com'] });

/** Body of an invitation. */
export const createInvitationBody = z
  .strictObject({
    email,
    role,
    expiresInDays: z
      .int()
      .min(1)
      .max(INVITATION_DAYS_MAX)
      .default(7)
      .describe('Days until it expires')
      .meta({ examples: [7] }),
  })
  .meta({ id: 'CreateInvitation' });

const invitationFields = {
  invitationId: id,
  tenantId: id,
  email: z.string(),
  role,
  invitedBy: z
    .string()
    .describe('Who invited, as the audit log names him')
    .meta({ examples: ['operator'] }),
  version,
  createdAt: instant,
  expiresAt: instant,
  acceptedAt: instant.nullable(),
  acceptedBy: id.nullable().describe('The new member’s userId'),
  revokedAt: instant.nullable(),
};

/** An invitation in an answer. */
export const invitationSchema = z.object(invitationFields).meta({ id: 'Invitation' });

/** A page of invitations. */
export const invitationPageSchema = pageSchema(invitationSchema, 'InvitationPage');

/** The answer to an invitation's creation: the only one that holds its token. */
export const createdInvitationSchema = z
  .object({
    ...invitationFields,
    token: z.string().describe('Shown once; hand it to the invited person'),
    link: z.string().describe('The same as a link; browsers keep what follows # to themselves'),
  })
  .meta({ id: 'CreatedInvitation' });

/** Body that accepts an invitation. */
export const acceptInvitationBody = z
  .strictObject({ token: credential.meta({ examples: ['iv_…'] }) })
  .meta({ id: 'AcceptInvitation' });

/** Body of a change of role. */
export const changeRoleBody = z.strictObject({ role }).meta({ id: 'ChangeRole' });

/** A member in an answer. */
export const memberSchema = z
  .object({
    tenantId: id,
    userId: id,
    role,
    email: z.string().nullable(),
    name: z.string().nullable(),
    version,
    createdAt: instant,
    updatedAt: instant,
  })
  .meta({ id: 'Member' });

/** A page of members. */
export const memberPageSchema = pageSchema(memberSchema, 'MemberPage');

/** Who the caller is. */
export const meSchema = z
  .object({
    actor: z
      .string()
      .describe('Name in the audit log')
      .meta({ examples: ['user:0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11'] }),
    kind: z.enum(['operator', 'person', 'token']),
    user: z
      .object({
        userId: id,
        issuer: z.string(),
        email: z.string().nullable(),
        emailVerified: z.boolean().describe('Whether the issuer vouches for the address'),
        name: z.string().nullable(),
      })
      .nullable()
      .describe('The person; null for tokens'),
    operatorRole: z.enum(OPERATOR_ROLES).nullable().describe('The role among the operators'),
    tenantId: id.nullable().describe('The tenant of a tenant’s service token'),
    permissions: permissions.describe('Outside any tenant; a person’s in his tenants are with these'),
    tenants: z
      .array(z.object({ tenantId: id, name: z.string(), role, permissions }))
      .describe('The tenants that the person is a member of'),
    expiresAt: instant.nullable().describe('End of the credential'),
  })
  .meta({ id: 'Me' });

/** What may be exchanged for a session. */
export const signInBody = z
  .discriminatedUnion('grant', [
    z.strictObject({ grant: z.literal('operator-token').describe('What is exchanged'), token: credential }),
    z.strictObject({
      grant: z.literal('invitation').describe('What is exchanged'),
      token: credential,
      name: name.optional(),
    }),
    z.strictObject({
      grant: z.literal('sign-in-code').describe('What is exchanged'),
      code: credential.describe('The code'),
    }),
    z.strictObject({
      grant: z.literal('refresh').describe('What is exchanged'),
      refreshToken: credential.describe('The newest one'),
    }),
  ])
  .meta({ id: 'SignIn', examples: [{ grant: 'invitation', token: 'iv_…', name: 'Ada' }] });

/** A session's tokens. */
export const sessionTokensSchema = z
  .object({
    tokenType: z.literal('Bearer').describe('How it is sent'),
    accessToken: z.string().describe('JWT; send it as Authorization: Bearer'),
    expiresInS: z.int().describe('Life of the access token'),
    refreshToken: z.string().describe('Works once, for the next pair'),
    refreshExpiresAt: instant.describe('End of the session'),
  })
  .meta({ id: 'SessionTokens' });

/** A session that ended. */
export const endedSessionSchema = z.object({ sessionId: id }).meta({ id: 'EndedSession' });

/** A sign-in code: the only answer that holds it. */
export const signInCodeSchema = z
  .object({ code: z.string().describe('Works once'), expiresAt: instant })
  .meta({ id: 'SignInCode' });

/** How to replace the signing key. */
export const rotateSigningKeyBody = z
  .strictObject({
    compromised: z
      .boolean()
      .default(false)
      .describe('True: tokens of the old key end now. False: they live to their own end'),
  })
  .meta({ id: 'RotateSigningKey' });

/** The new signing key. */
export const signingKeySchema = z.object({ keyId: id }).meta({ id: 'SigningKey' });

/** OpenID Connect discovery of the built-in issuer. */
export const discoverySchema = z
  .object({
    issuer: z
      .string()
      .describe('`iss` of its tokens')
      .meta({ examples: ['https://admin.example.com'] }),
    jwks_uri: z
      .string()
      .describe('Where its keys are')
      .meta({ examples: ['https://admin.example.com/.well-known/jwks.json'] }),
    token_endpoint: z
      .string()
      .describe('Where sessions begin')
      .meta({ examples: ['https://admin.example.com/v1/auth/token'] }),
    response_types_supported: z
      .array(z.string())
      .describe('None: it has no authorization endpoint')
      .meta({ examples: [[]] }),
    subject_types_supported: z
      .array(z.string())
      .describe('`sub` is the same for everybody')
      .meta({ examples: [['public']] }),
    id_token_signing_alg_values_supported: z
      .array(z.string())
      .describe('Its algorithms')
      .meta({ examples: [['EdDSA']] }),
  })
  .meta({ id: 'OpenIdConfiguration' });

/** The built-in issuer's public keys. */
export const jwksSchema = z
  .object({
    keys: z
      .array(
        z.object({
          kty: z
            .string()
            .describe('Kind of key')
            .meta({ examples: ['OKP'] }),
          crv: z
            .string()
            .describe('Curve')
            .meta({ examples: ['Ed25519'] }),
          x: z
            .string()
            .describe('The public key')
            .meta({ examples: ['11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo'] }),
          kid: z
            .string()
            .describe('Id that tokens name it by')
            .meta({ examples: ['0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b22'] }),
          use: z
            .string()
            .describe('What it is for')
            .meta({ examples: ['sig'] }),
          alg: z
            .string()
            .describe('Algorithm')
            .meta({ examples: ['EdDSA'] }),
        }),
      )
      .describe('Keys of every token that is believed'),
  })
  .meta({ id: 'JsonWebKeySet' });

/** The answer for an invitation. */
export function invitationAnswer(invitation: Invitation): z.input<typeof invitationSchema> {
  const { createdAt, expiresAt, acceptedAt, revokedAt, ...rest } = invitation;
  return {
    ...rest,
    createdAt: isoOf(createdAt),
    expiresAt: isoOf(expiresAt),
    acceptedAt: isoOf(acceptedAt),
    revokedAt: isoOf(revokedAt),
  };
}

/** The answer for a member. */
export function memberAnswer(member: Member): z.input<typeof memberSchema> {
  return { ...member, createdAt: isoOf(member.createdAt), updatedAt: isoOf(member.updatedAt) };
}
