import type { EndpointState } from './endpoint-snapshot.js';

/** Which endpoints in memory spend from an application or belong to a tenant, so that a change need not look at all of them. */
export class EndpointIndex {
  private readonly byApplication = new Map<string, Set<string>>();
  private readonly byTenant = new Map<string, Set<string>>();

  add(state: EndpointState): void {
    put(this.byTenant, state.tenantId, state.endpointId);
    for (const { applicationId } of state.applications) put(this.byApplication, applicationId, state.endpointId);
  }

  remove(state: EndpointState): void {
    drop(this.byTenant, state.tenantId, state.endpointId);
    for (const { applicationId } of state.applications) drop(this.byApplication, applicationId, state.endpointId);
  }

  ofApplication(applicationId: string): ReadonlySet<string> {
    return this.byApplication.get(applicationId) ?? NONE;
  }

  ofTenant(tenantId: string): ReadonlySet<string> {
    return this.byTenant.get(tenantId) ?? NONE;
  }
}

const NONE: ReadonlySet<string> = new Set();

function put(index: Map<string, Set<string>>, key: string, endpointId: string): void {
  const found = index.get(key);
  if (found) found.add(endpointId);
  else index.set(key, new Set([endpointId]));
}

function drop(index: Map<string, Set<string>>, key: string, endpointId: string): void {
  const found = index.get(key);
  if (found?.delete(endpointId) && found.size === 0) index.delete(key);
}
