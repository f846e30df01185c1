import { randomUUID } from 'node:crypto';
import type { TenantRole } from '#libs/auth';
import type { Harness } from './admin-harness.js';

/** A person who signed in with the built-in issuer. */
export interface SignedIn {
  readonly userId: string;
  readonly accessToken: string;
  readonly refreshToken: string;
}

/** A new tenant's id. */
export async function newTenant(harness: Harness, name = 'Acme'): Promise<string> {
  return String((await harness.post('/v1/tenants', { name })).body['tenantId']);
}

/** The token of a new invitation. */
export async function invite(
  harness: Harness,
  tenantId: string,
  role: TenantRole,
  email = `${randomUUID()}@example.com`,
): Promise<string> {
  const made = await harness.post(`/v1/tenants/${tenantId}/invitations`, { email, role });
  return String(made.body['token']);
}

/** A new person who accepted an invitation to the tenant. */
export async function join(harness: Harness, tenantId: string, role: TenantRole, email?: string): Promise<SignedIn> {
  const token = await invite(harness, tenantId, role, email);
  return signedIn(harness, { grant: 'invitation', token, name: 'Somebody' });
}

/** Whoever the grant signs in. */
export async function signedIn(harness: Harness, grant: object): Promise<SignedIn> {
  const { body } = await harness.post('/v1/auth/token', grant, { token: null });
  const accessToken = String(body['accessToken']);
  const me = await harness.ask('/v1/me', { token: accessToken });
  const { userId } = me.body['user'] as { userId: string };
  return { userId, accessToken, refreshToken: String(body['refreshToken']) };
}
