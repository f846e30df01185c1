import { chainByAny } from '#libs/chains';
import { Injectable } from '@nestjs/common';
import { type RequestFacts, compilePolicy } from '#libs/policy';
import {
  ApiKeyEntity,
  ApplicationEntity,
  EndpointApplicationEntity,
  EndpointEntity,
  PlanEntity,
  TenantEntity,
} from '../entities/index.js';
import { compilePlan } from '../plans/plan-rules.js';
import { ScopedDatabase } from '../scope/scoped-database.js';
import { relayChainIds } from './relay-chains.js';
import { CLOSED_REASON } from './tenant-state.js';
import { notFound } from './tenancy-error.js';

/** A request as it might come. */
export interface DryRunRequest extends RequestFacts {
  /** null: whatever holds for every key. */
  readonly keyId: string | null;
  /** In any accepted name. */
  readonly chain: string;
  readonly method: string;
  readonly params: unknown;
  /** Calls of the JSON-RPC batch that it comes in; 1: it comes alone. */
  readonly batchCalls: number;
}

/** What would happen to it. The tenant's plan is asked like the rules. Rates and the daily limit are not asked: they depend on the moment. */
export interface DryRunResult {
  readonly passes: boolean;
  /** Reason of the gateway's refusal; null when it passes. */
  readonly reason: string | null;
  readonly rule: string | null;
  readonly seen: string | null;
  readonly message: string;
}

/** Answers "would this request pass, and which rule decides?" with the code that gateways decide with. */
@Injectable()
export class DryRun {
  constructor(private readonly database: ScopedDatabase) {}

  /** @throws TenancyError `not-found`, `chain-unknown` */
  async ask(tenantId: string, endpointId: string, request: DryRunRequest, now = new Date()): Promise<DryRunResult> {
    const [chainId = ''] = relayChainIds([request.chain]);
    const found = await this.database.read(async (manager) => {
      const endpoint = await manager
        .getRepository(EndpointEntity)
        .createQueryBuilder('e')
        .addSelect('e.secretHash')
        .where({ tenantId, endpointId })
        .getOne();
      if (!endpoint) throw notFound('endpoint');
      const key =
        request.keyId === null
          ? null
          : await manager.getRepository(ApiKeyEntity).findOneBy({ tenantId, endpointId, keyId: request.keyId });
      if (request.keyId !== null && key === null) throw notFound('key');
      const tenant = await manager.getRepository(TenantEntity).findOneByOrFail({ tenantId });
      const { name, limits } = await manager.getRepository(PlanEntity).findOneByOrFail({ planId: tenant.planId });
      const links = await manager.getRepository(EndpointApplicationEntity).findBy({ tenantId, endpointId });
      const applications = await manager
        .getRepository(ApplicationEntity)
        .findBy(links.map(({ applicationId }) => ({ tenantId, applicationId })));
      return { endpoint, key, tenant, applications, plan: compilePlan(name, limits) };
    });
    const { endpoint, key, tenant, applications, plan } = found;
    if (key && (key.revokedAt !== null || (key.expiresAt !== null && key.expiresAt <= now))) {
      return refused('auth', key.revokedAt ? 'key-revoked' : 'key-expired', null, 'The key no longer works.');
    }
    if (tenant.deletesAt !== null) return refused('suspended', 'tenant', CLOSED_REASON, 'The tenant is being deleted.');
    if (tenant.status === 'suspended' || endpoint.status === 'suspended') {
      return refused(
        'suspended',
        tenant.status === 'suspended' ? 'tenant' : 'endpoint',
        tenant.suspendedReason ?? endpoint.suspendedReason,
        'It is suspended.',
      );
    }
    if (endpoint.chains !== null && !endpoint.chains.includes(chainId)) {
      return refused('policy', 'chains', request.chain, 'This endpoint does not allow this chain.');
    }
    const policy = compilePolicy({ ...endpoint.rules, secretHash: endpoint.secretHash }, key?.rules ?? null);
    const unwelcome = policy?.request(request, chainId) ?? null;
    if (unwelcome) return refused(unwelcome.reason, unwelcome.rule, unwelcome.seen, unwelcome.message);
    const batchCallsMax = plan?.batchCallsMax ?? null;
    if (batchCallsMax !== null && request.batchCalls > batchCallsMax) {
      const message = `A batch may hold ${batchCallsMax} calls; this one has ${request.batchCalls}. Split it.`;
      return refused('size', 'plan-batch', String(request.batchCalls), message);
    }
    if (!FREE.has(request.method)) {
      const paramsText = request.params === undefined ? '' : JSON.stringify(request.params);
      const isEvm = chainByAny(chainId)?.kind === 'evm';
      const refusal = policy?.call({ method: request.method, isEvm, paramsText }) ?? null;
      if (refusal) return refused(refusal.reason, refusal.rule, refusal.seen, refusal.message);
      const beyond = plan?.call(request.method, paramsText) ?? null;
      if (beyond) {
        const { rule, seen } = beyond.data;
        return refused(beyond.reason, rule, seen, beyond.message);
      }
    }
    if (
      !applications.some((application) => application.stakeStatus === 'staked' && application.chains.includes(chainId))
    ) {
      return refused(
        'policy',
        'staked-chains',
        request.chain,
        'No application of this endpoint is staked for this chain.',
      );
    }
    return { passes: true, reason: null, rule: null, seen: null, message: 'The request passes.' };
  }
}

/** Answered by gateways themselves, whatever the rules for calls say. */
const FREE: ReadonlySet<string> = new Set(['eth_chainId', 'net_version']);

function refused(reason: string, rule: string, seen: string | null, message: string): DryRunResult {
  return { passes: false, reason, rule, seen, message };
}
