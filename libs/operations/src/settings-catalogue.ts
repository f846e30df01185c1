import { z } from 'zod';

/** One thing that operators may change while gateways run. */
export interface SettingDefinition<Schema extends z.ZodType = z.ZodType> {
  /** What it does, for people. */
  readonly description: string;
  /** What the value counts; null for words and switches. */
  readonly unit: string | null;
  /** Type and bounds. */
  readonly schema: Schema;
  /** What holds where neither operator nor environment said anything. */
  readonly fallback: z.infer<Schema>;
  /** Environment variable of each gateway that holds while no operator set a value; null: the fallback holds. */
  readonly environment: string | null;
  /** What changes with it, and when. */
  readonly effect: string;
}

function setting<Schema extends z.ZodType>(definition: SettingDefinition<Schema>): SettingDefinition<Schema> {
  return definition;
}

const share = (max: number) => z.number().min(0).max(max);
const count = (min: number, max: number) => z.int().min(min).max(max);

/** Every runtime setting. The environment stays the default; a value set here goes before it on every gateway. */
export const RUNTIME_SETTINGS = {
  'relays.extraShare': setting({
    description: 'Relays that no call asked for (hedges, retries) per call; 0 hedges nothing and rations no retry.',
    unit: 'relays per call',
    schema: share(1),
    fallback: 0,
    environment: 'EXTRA_RELAYS_SHARE',
    effect: 'The next call on. Each extra relay costs stake.',
  }),
  'probes.share': setting({
    description: 'Probes of nodes per relay of clients, at most; 0 probes nothing.',
    unit: 'probes per relay',
    schema: share(0.5),
    fallback: 0,
    environment: 'PROBE_SHARE',
    effect: 'Sessions seen from now on. A probe is a relay and costs stake.',
  }),
  'calls.inFlightMax': setting({
    description: 'Calls under way at the same time on one gateway; more are refused as busy.',
    unit: 'calls',
    schema: count(1, 1_000_000),
    fallback: 10_000,
    environment: 'CALLS_IN_FLIGHT_MAX',
    effect: 'The next call on; calls under way end as they would.',
  }),
  'calls.inFlightShared': setting({
    description: 'Calls under way of which each tenant gets an equal part while several tenants have calls.',
    unit: 'calls',
    schema: count(1, 1_000_000),
    fallback: 1_024,
    environment: 'CALLS_IN_FLIGHT_SHARED',
    effect: 'The next call on.',
  }),
  'calls.deadlineMs': setting({
    description: 'Longest time one call may take.',
    unit: 'milliseconds',
    schema: count(100, 120_000),
    fallback: 25_000,
    environment: 'REQUEST_DEADLINE_MS',
    effect: 'The next call on.',
  }),
  'batch.callsMax': setting({
    description: 'Calls in one JSON-RPC batch; longer batches are refused.',
    unit: 'calls',
    schema: count(1, 1_000),
    fallback: 100,
    environment: 'BATCH_CALLS_MAX',
    effect: 'The next request on.',
  }),
  'websocket.connectionsMax': setting({
    description: 'WebSocket connections of one gateway; more are refused, open ones stay.',
    unit: 'connections',
    schema: count(0, 1_000_000),
    fallback: 10_000,
    environment: 'WEBSOCKET_CONNECTIONS_MAX',
    effect: 'The next connection on.',
  }),
  'log.level': setting({
    description: 'Least severe level that gateways log.',
    unit: null,
    schema: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace']),
    fallback: 'info',
    environment: 'LOG_LEVEL',
    effect: 'The next line on.',
  }),
  'log.callsShare': setting({
    description: 'Share of calls that are logged with chain, method, outcome and duration; never with parameters.',
    unit: 'lines per call',
    schema: share(1),
    fallback: 0,
    environment: null,
    effect: 'The next call on.',
  }),
  'traces.servedShare': setting({
    description:
      'Share of served calls whose story is kept. Refused, failed and explained calls are always candidates.',
    unit: 'traces per call',
    schema: share(1),
    fallback: 0.001,
    environment: null,
    effect: 'The next call on.',
  }),
  'traces.perSecondMax': setting({
    description:
      'Stories that one gateway keeps a second, at most; explained calls go first, what is beyond is counted.',
    unit: 'traces a second',
    schema: count(0, 2_000),
    fallback: 100,
    environment: null,
    effect: 'The next second on.',
  }),
  'traces.retentionHours': setting({
    description: 'How long stories of requests are kept.',
    unit: 'hours',
    schema: count(1, 720),
    fallback: 48,
    environment: null,
    effect: 'Within a minute.',
  }),
  'traces.rowsMax': setting({
    description: 'Stories kept in all; the oldest go first.',
    unit: 'traces',
    schema: count(1_000, 50_000_000),
    fallback: 1_000_000,
    environment: null,
    effect: 'Within a minute.',
  }),
  'status.degradedShare': setting({
    description:
      'Share of a chain’s calls of the last minute that no node answered well, from which it is shown as degraded.',
    unit: 'failed calls per call',
    schema: share(1),
    fallback: 0.05,
    environment: null,
    effect: 'What GET /v1/status says; no call is treated differently.',
  }),
  'status.callsMin': setting({
    description: 'Calls within the last minute below which a chain is not judged.',
    unit: 'calls',
    schema: count(1, 1_000_000),
    fallback: 20,
    environment: null,
    effect: 'What GET /v1/status says.',
  }),
  'notices.header': setting({
    description: 'Whether answers carry X-Portal-Notice with the id of a notice in force.',
    unit: null,
    schema: z.boolean(),
    fallback: false,
    environment: null,
    effect: 'The next answer on.',
  }),
} as const;

/** Name of a runtime setting. */
export type SettingName = keyof typeof RUNTIME_SETTINGS;

/** All names, in the catalogue's order. */
export const SETTING_NAMES = Object.keys(RUNTIME_SETTINGS) as readonly SettingName[];

/** The type of each setting's value. */
export type SettingValues = { readonly [Name in SettingName]: z.infer<(typeof RUNTIME_SETTINGS)[Name]['schema']> };

/** True for a name of the catalogue. */
export function isSettingName(name: string): name is SettingName {
  return Object.hasOwn(RUNTIME_SETTINGS, name);
}

/**
 * What holds on one gateway: the catalogue's fallbacks, before them its environment, before that what operators set.
 *
 * @param environment values of the gateway's own configuration, by setting name.
 * @param set what operators set; values that do not fit (of a newer or older version) are left out.
 */
export function settingValues(environment: Partial<SettingValues>, set: ReadonlyMap<string, unknown>): SettingValues {
  const entries = SETTING_NAMES.map((name) => {
    const { schema, fallback } = RUNTIME_SETTINGS[name];
    const parsed = set.has(name) ? (schema as z.ZodType).safeParse(set.get(name)) : null;
    return [name, parsed?.success === true ? parsed.data : (environment[name] ?? fallback)] as const;
  });
  return Object.freeze(Object.fromEntries(entries)) as unknown as SettingValues;
}
