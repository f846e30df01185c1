import type { Chain, ChainCatalogue } from '#libs/chains';
import {
  ClosureIndex,
  type ControlState,
  EMPTY_CONTROLS,
  type NodeClosure,
  type Notice,
  type SettingName,
  type SettingValues,
  settingValues,
} from '#libs/operations';
import type { GatewayConfig } from '../config.js';
import type { EndpointNotice } from '../edge/explain-endpoint.js';

/** The settings that this gateway's environment states. */
export function environmentSettings(config: GatewayConfig): Partial<SettingValues> {
  return {
    'relays.extraShare': config.EXTRA_RELAYS_SHARE,
    'probes.share': config.PROBE_SHARE,
    'calls.inFlightMax': config.CALLS_IN_FLIGHT_MAX,
    'calls.inFlightShared': config.CALLS_IN_FLIGHT_SHARED,
    'calls.deadlineMs': config.REQUEST_DEADLINE_MS,
    'batch.callsMax': config.BATCH_CALLS_MAX,
    'websocket.connectionsMax': config.WEBSOCKET_CONNECTIONS_MAX,
    ...(config.LOG_LEVEL === 'silent' ? {} : { 'log.level': config.LOG_LEVEL }),
  };
}

/**
 * What operators set, in the form in which this gateway reads it: settings over its environment, closed nodes, notices in
 * force. Reading is a look into memory; `apply` builds everything anew.
 */
export class RuntimeControls {
  #values: SettingValues;
  #closures = new ClosureIndex([]);
  #state: ControlState = EMPTY_CONTROLS;
  readonly #followers: Array<(values: SettingValues) => void> = [];

  constructor(
    private readonly environment: Partial<SettingValues>,
    private readonly chains: ChainCatalogue,
    private readonly now: () => number = Date.now,
  ) {
    this.#values = settingValues(environment, new Map());
  }

  /** What holds now. */
  get values(): SettingValues {
    return this.#values;
  }

  /** Whether operators gave this setting a value. */
  isSet(name: SettingName): boolean {
    return this.#state.settings.has(name);
  }

  /** Takes a state in which operators changed something. */
  apply(state: ControlState): void {
    this.#state = state;
    this.#values = settingValues(this.environment, state.settings);
    this.#closures = new ClosureIndex(state.closures, this.now);
    for (const follow of this.#followers) follow(this.#values);
  }

  /** Calls `follow` now and after each change. */
  follow(follow: (values: SettingValues) => void): void {
    this.#followers.push(follow);
    follow(this.#values);
  }

  /** What keeps a node from relays; null: nothing. */
  closureOf(chainId: string, nodeId: string, operator: string): NodeClosure | null {
    return this.#closures.of(chainId, nodeId, operator);
  }

  /** Whether callers of an endpoint may ask for explanations. */
  mayExplain(endpointId: string): boolean {
    return this.#state.explainEndpointIds.has(endpointId);
  }

  /** Notices in force for a chain. */
  noticesFor(chainId: string): EndpointNotice[] {
    const nowMs = this.now();
    return this.#state.notices
      .filter((notice) => isInForce(notice, nowMs) && (notice.chain === null || notice.chain === chainId))
      .map(shown);
  }

  /** The id of the first notice in force for a chain, where answers shall carry one. */
  noticeHeader(chainId: string): string | null {
    if (!this.#values['notices.header'] || this.#state.notices.length === 0) return null;
    return this.noticesFor(chainId)[0]?.noticeId ?? null;
  }

  /** Notices in force and announced ones, with the slug of their chain. */
  allNotices(): ReadonlyArray<EndpointNotice & { readonly chain: string | null; readonly inForce: boolean }> {
    const nowMs = this.now();
    return this.#state.notices
      .filter((notice) => notice.endsAt === null || notice.endsAt.getTime() > nowMs)
      .map((notice) => ({
        ...shown(notice),
        chain: this.#slugOf(notice.chain),
        inForce: isInForce(notice, nowMs),
      }));
  }

  #slugOf(chainId: string | null): string | null {
    const chain: Chain | undefined = chainId === null ? undefined : this.chains.chainByAny(chainId);
    return chain?.slug ?? chainId;
  }
}

function isInForce({ startsAt, endsAt }: Notice, nowMs: number): boolean {
  return startsAt.getTime() <= nowMs && (endsAt === null || endsAt.getTime() > nowMs);
}

function shown({ noticeId, severity, message, startsAt, endsAt }: Notice): EndpointNotice {
  return { noticeId, severity, message, startsAt: startsAt.toISOString(), endsAt: endsAt?.toISOString() ?? null };
}
