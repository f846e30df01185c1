import { writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { BenchArguments, Group } from './bench-arguments.js';
import { type LoadSource, builtProgram } from './load.js';
import { CALL, type Measurement, measure } from './measure.js';
import { PinnedProcess } from './pinned-process.js';
import { profileReport } from './profile.js';
import type { LoadJob } from './programs/load-job.js';
import { type Row, type RowSummary, row, summarise } from './sample.js';
import type { Stage } from './stages-table.js';
import { BenchWorld, type GatewayTarget, type Target } from './world.js';

/** One table of the result. */
export type Section =
  | { readonly kind: 'rows'; readonly title: string; readonly rows: readonly RowSummary[] }
  | { readonly kind: 'stages'; readonly stages: readonly Stage[] };

/** Programs that are used when they are there. */
export interface BenchTools {
  readonly nginx: string | null;
  readonly wrk: string | null;
  /** Progress and what has to be known, for people. */
  readonly tell: (sentence: string) => void;
}

const PROXY_CORE = 0;
const OTHER_CORE = 1;
const CONNECTIONS = 64;
const CROWD = 1_000;
const TENANTS = 10_000;
const BATCH = 100;
const FIXED_RATE = 2_000;
const WARM_SECONDS = 0.3;
const WARM_UP_SECONDS = 3;
const PROFILE_SECONDS = 10;
const SOAK_PARTS = 10;
const SOAK_SECONDS = 5;

/** Measures group by group; the rows of a group take turns in every round. */
export class Bench {
  readonly #world: BenchWorld;
  #source!: LoadSource;
  #gateway!: GatewayTarget;
  #stopped: Promise<void> | null = null;

  constructor(
    private readonly wanted: BenchArguments,
    private readonly tools: BenchTools,
  ) {
    this.#world = new BenchWorld(PROXY_CORE, OTHER_CORE, tools.tell);
  }

  /** Runs what was asked for and tells each table as soon as it is known. Call `stop` whatever comes of it. */
  async run(onSection: (section: Section) => void): Promise<Section[]> {
    const sections: Section[] = [];
    this.tools.tell('starting PostgreSQL, Redis, nodes, worker and gateway');
    await this.#world.start();
    this.#source = { directory: this.#world.directory, core: OTHER_CORE, wrk: this.tools.wrk };
    this.#gateway = await this.#world.gateway();
    await this.#run([row('warm-up')], [() => this.#relays(this.#gateway, { seconds: WARM_UP_SECONDS })], 1);
    const groups: ReadonlyArray<readonly [Group, () => Promise<Section>]> = [
      ['core', () => this.#core()],
      ['latency', () => this.#latency()],
      ['two', () => this.#two()],
      ['crowd', () => this.#crowd()],
      ['large', () => this.#large()],
      ['batch', () => this.#batch()],
      ['websocket', () => this.#webSocket()],
      ['reject', () => this.#reject()],
      ['stages', () => this.#stages()],
    ];
    for (const [group, measureGroup] of groups) {
      if (!this.wanted.groups.has(group)) continue;
      this.tools.tell(`measuring ${group}`);
      const section = await measureGroup();
      sections.push(section);
      onSection(section);
    }
    if (this.wanted.soak !== null) {
      this.tools.tell(`sending ${this.wanted.soak.toLocaleString('en-US')} relays`);
      const section = await this.#soak(this.wanted.soak);
      sections.push(section);
      onSection(section);
    }
    if (this.wanted.profile !== null) await this.#profile(this.wanted.profile);
    return sections;
  }

  /** Ends everything that was started; safe to call twice. */
  stop(): Promise<void> {
    this.#stopped ??= this.#world.stop();
    return this.#stopped;
  }

  async #core(): Promise<Section> {
    const targets = await this.#anchors();
    const nginx = targets[0]?.name.startsWith('nginx') === true ? row(targets[0].name) : null;
    const rows = targets.map(({ name, note }, index) => (index === 0 && nginx ? nginx : row(name, nginx, note)));
    const loads = targets.map(({ target, path }) => () => [this.#load(target, { paths: [path] })]);
    return this.#section(`one core, ${CONNECTIONS} connections`, rows, loads);
  }

  async #latency(): Promise<Section> {
    const direct = row('direct', null, 'no proxy');
    const targets = [
      { name: 'direct', target: this.#world.upstream, path: '/', note: 'no proxy' },
      ...(await this.#anchors()),
    ];
    const rows = targets.map(({ name, note }, index) => (index === 0 ? direct : row(name, null, note)));
    const loads = targets.map(({ target, path }) => () => [
      this.#load(target, { paths: [path], ratePerSecond: FIXED_RATE }),
    ]);
    return this.#section(`at ${FIXED_RATE.toLocaleString('en-US')}/s`, rows, loads);
  }

  async #two(): Promise<Section> {
    const second = await this.#world.gateway(OTHER_CORE);
    const one = row('one gateway');
    const two = row('two gateways', one, 'the second shares its core with nodes, load and worker');
    const half = { connections: CONNECTIONS / 2 };
    const section = await this.#section(
      'two processes',
      [one, two],
      [() => this.#relays(this.#gateway), () => [...this.#relays(this.#gateway, half), ...this.#relays(second, half)]],
    );
    await second.process.stop();
    return section;
  }

  async #crowd(): Promise<Section> {
    this.tools.tell(`making ${TENANTS} tenants`);
    const keys = await this.#world.tenants(TENANTS);
    const paths = keys.map((key) => relayPath(key));
    // The first call of each tenant looks up its key, its session and its lease; what is measured is the state after that.
    await this.#run([row('first calls')], [() => [this.#load(this.#gateway, { paths, seconds: WARM_UP_SECONDS })]], 3);
    const base = row(`${CONNECTIONS} connections, 1 tenant`);
    const rows = [
      base,
      row(`${CROWD.toLocaleString('en-US')} connections, 1 tenant`, base),
      row(`${CROWD.toLocaleString('en-US')} connections, ${TENANTS.toLocaleString('en-US')} tenants`, base),
    ];
    return this.#section('many', rows, [
      () => this.#relays(this.#gateway),
      () => this.#relays(this.#gateway, { connections: CROWD }),
      () => [this.#load(this.#gateway, { paths, connections: CROWD })],
    ]);
  }

  async #large(): Promise<Section> {
    const base = row('small alone');
    const rows = [
      base,
      row('small beside 100 kB', base, '4 connections'),
      row('small beside 5 MB', base, '1 connection'),
    ];
    const small = (): Measurement =>
      this.#load(this.#gateway, { paths: [this.#path], ratePerSecond: FIXED_RATE }, null);
    const large = (bytes: number, connections: number): Measurement =>
      this.#load(
        { ...this.#gateway, process: this.#gateway.process },
        { paths: [this.#path], connections, body: callOf(`bench_size_${bytes}`) },
        null,
      );
    const results = rows.map((one) => ({ one, larges: [] as number[] }));
    for (let round = 0; round < this.wanted.rounds; round += 1) {
      for (const [index, { one, larges }] of results.entries()) {
        const beside = index === 0 ? null : index === 1 ? large(100_000, 4) : large(5_000_000, 1);
        const [sample, other] = await Promise.all([
          measure(this.#source, [small()]),
          beside === null ? null : measure(this.#source, [beside]),
        ]);
        // The processor time of both is not told apart.
        one.samples.push({ ...sample, cpuUs: Number.NaN });
        if (other !== null) larges.push(other.perSecond);
      }
    }
    return {
      kind: 'rows',
      title: `large answers beside small calls at ${FIXED_RATE.toLocaleString('en-US')}/s`,
      rows: results.map(({ one, larges }) => {
        const summary = summarise(one);
        const rate = larges.toSorted((a, b) => a - b)[Math.floor(larges.length / 2)];
        return rate === undefined
          ? summary
          : { ...summary, note: `${summary.note}: ${Math.round(rate)} large a second` };
      }),
    };
  }

  async #batch(): Promise<Section> {
    const body = `[${Array.from({ length: BATCH }, (_, index) => CALL.replace('"id":1', `"id":${index + 1}`)).join(',')}]`;
    const base = row('single calls');
    return this.#section(
      'batches',
      [base, row(`batches of ${BATCH}`, base, 'per call; latency per batch')],
      [
        () => this.#relays(this.#gateway),
        () => [this.#load(this.#gateway, { paths: [this.#path], body, connections: 16 }, BATCH)],
      ],
    );
  }

  async #webSocket(): Promise<Section> {
    const base = row('HTTP');
    const load = { paths: [this.#path], connections: CONNECTIONS };
    const node: LoadSource = { ...this.#source, wrk: null };
    return this.#section(
      'WebSocket',
      [base, row('WebSocket messages', base)],
      [() => [this.#load(this.#gateway, load)], () => [this.#load(this.#gateway, { ...load, transport: 'websocket' })]],
      node,
    );
  }

  async #reject(): Promise<Section> {
    const base = row('relays');
    const unknown = relayPath(`${this.#world.key.slice(0, -1)}${this.#world.key.endsWith('0') ? '1' : '0'}`);
    const spent = relayPath(this.#world.smallKey);
    await this.#run([row('spending')], [() => [this.#load(this.#gateway, { paths: [spent], seconds: 1 }, null)]], 1);
    return this.#section(
      'what is refused',
      [base, row('mistyped key', base), row('spent limit', base)],
      [
        () => this.#relays(this.#gateway),
        () => [this.#load(this.#gateway, { paths: [unknown] }, null)],
        () => [this.#load(this.#gateway, { paths: [spent] }, null)],
      ],
    );
  }

  /** Relays without a pause on a gateway of its own; one row for each tenth. Memory that grows with relays shows as a growing column. */
  async #soak(relays: number): Promise<Section> {
    const gateway = await this.#world.gateway();
    const rows: Row[] = [];
    let sent = 0;
    for (let part = 1; part <= SOAK_PARTS; part += 1) {
      const tenth = row('');
      while (sent < (relays * part) / SOAK_PARTS) {
        const sample = await measure(this.#source, this.#relays(gateway, { seconds: SOAK_SECONDS }));
        if (sample.calls === 0) throw new Error('the gateway answers nothing');
        sent += sample.calls;
        tenth.samples.push(sample);
      }
      if (tenth.samples.length > 0) rows.push({ ...tenth, name: `after ${sent.toLocaleString('en-US')} relays` });
    }
    await gateway.process.stop();
    return { kind: 'rows', title: 'memory over many relays', rows: rows.map(summarise) };
  }

  async #stages(): Promise<Section> {
    const { databaseUrl, redisUrl, key, pepper, directory } = this.#world;
    const file = join(directory, 'stages.json');
    writeFileSync(file, JSON.stringify({ databaseUrl, redisUrl, key, pepper, directory: join(directory, 'stages') }));
    const program = new PinnedProcess({
      name: 'stages',
      command: process.execPath,
      args: [builtProgram('stages'), file],
      core: PROXY_CORE,
    });
    const stages = await program.firstJson<Stage[]>(120_000);
    await program.ended();
    return { kind: 'stages', stages };
  }

  async #profile(file: string): Promise<void> {
    this.tools.tell('profiling the gateway');
    const gateway = await this.#world.gateway(PROXY_CORE, [
      '--cpu-prof',
      '--cpu-prof-interval',
      '250',
      `--cpu-prof-dir=${dirname(resolve(file))}`,
      `--cpu-prof-name=${basename(file)}`,
    ]);
    await this.#run([row('profile')], [() => this.#relays(gateway, { seconds: PROFILE_SECONDS })], 1);
    await gateway.process.stop();
    this.tools.tell(`profile in ${file}\n${profileReport(file, (PROFILE_SECONDS + 1) * 1_000)}`);
  }

  /** What the gateway is compared with, and the gateway. */
  async #anchors(): Promise<Array<{ name: string; target: Target; path: string; note: string }>> {
    this.#started ??= (async () => {
      const { nginx } = this.tools;
      const { beside } = this.wanted;
      const other = beside === null ? null : await this.#world.gateway(PROXY_CORE, [], beside);
      return [
        ...(nginx === null
          ? []
          : [
              {
                name: 'nginx, one worker',
                target: await this.#world.nginx(nginx),
                path: '/',
                note: 'keep-alive to the nodes',
              },
            ]),
        { name: 'node:http + undici', target: await this.#world.forwarder('plain'), path: '/', note: 'forwards only' },
        {
          name: 'the same, signing',
          target: await this.#world.forwarder('sign'),
          path: '/',
          note: 'relay body, ed25519 by node:crypto',
        },
        { name: 'gateway', target: this.#gateway, path: this.#path, note: 'everything on' },
        ...(other === null ? [] : [{ name: 'gateway of --beside', target: other, path: this.#path, note: '' }]),
      ];
    })();
    return this.#started;
  }

  #started: Promise<Array<{ name: string; target: Target; path: string; note: string }>> | null = null;

  get #path(): string {
    return relayPath(this.#world.key);
  }

  #relays(target: Target, job: Partial<LoadJob> = {}): Measurement[] {
    return [this.#load(target, { paths: [this.#path], ...job })];
  }

  #load(
    target: Target,
    job: Partial<LoadJob> & Pick<LoadJob, 'paths'>,
    callsPerRequest: number | null = 1,
  ): Measurement {
    return {
      target,
      callsPerRequest,
      job: {
        body: CALL,
        connections: CONNECTIONS,
        seconds: this.wanted.seconds,
        warmSeconds: WARM_SECONDS,
        ratePerSecond: null,
        transport: 'http',
        ...job,
      },
    };
  }

  async #section(
    title: string,
    rows: readonly Row[],
    loads: ReadonlyArray<() => readonly Measurement[]>,
    source: LoadSource = this.#source,
  ): Promise<Section> {
    await this.#run(rows, loads, this.wanted.rounds, source);
    return { kind: 'rows', title, rows: rows.map(summarise) };
  }

  async #run(
    rows: readonly Row[],
    loads: ReadonlyArray<() => readonly Measurement[]>,
    rounds: number,
    source: LoadSource = this.#source,
  ): Promise<void> {
    for (let round = 0; round < rounds; round += 1) {
      for (const [index, load] of loads.entries()) rows[index]?.samples.push(await measure(source, load()));
    }
  }
}

function relayPath(key: string): string {
  return `/v1/${key}/eth-mainnet`;
}

function callOf(method: string): string {
  return `{"jsonrpc":"2.0","id":1,"method":"${method}","params":[]}`;
}
