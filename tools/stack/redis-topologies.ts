import { Redis } from 'ioredis';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type RunningService,
  freePort,
  removeDirectory,
  startRedis,
  startSentinelProcess,
  temporaryDirectory,
} from './services.js';
import { waitFor } from './wait-for.js';

/** Several Redis processes behind one URL. */
export interface RedisTopology {
  /** What REDIS_URL says. */
  readonly url: string;
  /** `kill -9` of a primary (of a Cluster: the one that holds the slot of `key`); resolves when it is gone, before anything is promoted. */
  killPrimary(key?: string): Promise<void>;
  /** Ends every process. */
  stop(): Promise<void>;
}

/** How soon a silent primary counts as dead, in these topologies. */
const DOWN_AFTER_MS = 500;

const SLOTS = 16_384;

/** Starts a Redis that replicates `primaryPort`, and waits until it has all of it. The port may be that of a slow network. */
export async function startRedisReplica(primaryPort: number, announcePort?: number): Promise<RunningService> {
  const port = announcePort ?? (await freePort());
  const settings = [
    '--replicaof',
    '127.0.0.1',
    String(primaryPort),
    '--repl-diskless-sync-delay',
    '0',
    '--repl-diskless-load',
    'swapdb',
  ];
  const replica = await startRedis({ port, settings });
  await withClient(port, (client) =>
    waitFor('the replica to be in step', async () =>
      (await client.info('replication')).includes('master_link_status:up'),
    ),
  );
  return replica;
}

/** Makes a replica the primary, at once and whatever it lacks. */
export async function promoteReplica(replica: RunningService): Promise<void> {
  await withClient(replica.port, (client) => client.replicaof('NO', 'ONE'));
}

/** A primary, a replica and three Sentinels that watch it as `portal`. */
export async function startRedisSentinel(): Promise<RedisTopology> {
  const directory = temporaryDirectory('portal-sentinel-');
  const running: RunningService[] = [];
  const stop = async (): Promise<void> => {
    await Promise.all(running.map((one) => one.kill()));
    removeDirectory(directory);
  };
  try {
    const primary = await startRedis();
    running.push(primary);
    running.push(await startRedisReplica(primary.port));
    const ports = [await freePort(), await freePort(), await freePort()];
    for (const port of ports) {
      const file = join(directory, `${port}.conf`);
      writeFileSync(
        file,
        [
          `port ${port}`,
          'bind 127.0.0.1',
          `dir ${directory}`,
          `sentinel monitor portal 127.0.0.1 ${primary.port} 2`,
          `sentinel down-after-milliseconds portal ${DOWN_AFTER_MS}`,
          'sentinel failover-timeout portal 3000',
          '',
        ].join('\n'),
      );
      running.push(await startSentinelProcess(file, port));
    }
    await Promise.all(
      ports.map((port) =>
        withClient(port, (client) =>
          waitFor('the Sentinels to know the replica and each other', async () => {
            const [found] = (await client.call('SENTINEL', 'MASTERS')) as string[][];
            const fact = (name: string): string => found?.[(found.indexOf(name) + 1) as number] ?? '';
            return fact('num-slaves') === '1' && fact('num-other-sentinels') === '2';
          }),
        ),
      ),
    );
    return {
      url: `redis+sentinel://${ports.map((port) => `127.0.0.1:${port}`).join(',')}/portal`,
      killPrimary: () => primary.kill(),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Three primaries with a replica each. */
export async function startRedisCluster(): Promise<RedisTopology> {
  const directory = temporaryDirectory('portal-cluster-');
  const running = new Map<number, RunningService>();
  const clients = new Map<number, Redis>();
  const stop = async (): Promise<void> => {
    for (const client of clients.values()) client.disconnect();
    await Promise.all([...running.values()].map((one) => one.kill()));
    removeDirectory(directory);
  };
  try {
    const nodes = await Promise.all(Array.from({ length: 6 }, () => startClusterNode(directory)));
    for (const node of nodes) {
      running.set(node.port, node);
      const client = new Redis(node.port, { replyMapping: 'legacy' });
      client.on('error', () => undefined);
      clients.set(node.port, client);
    }
    const all = [...clients.values()];
    const [first, second, third, ...replicas] = all as [Redis, Redis, Redis, Redis, Redis, Redis];
    const primaries = [first, second, third];
    for (const [index, primary] of primaries.entries()) {
      const from = Math.floor((index * SLOTS) / 3);
      const count = Math.floor(((index + 1) * SLOTS) / 3) - from;
      await primary.call('CLUSTER', 'ADDSLOTS', ...Array.from({ length: count }, (_, offset) => from + offset));
      await primary.call('CLUSTER', 'SET-CONFIG-EPOCH', index + 1);
    }
    for (const node of nodes.slice(1))
      await first.call(
        'CLUSTER',
        'MEET',
        '127.0.0.1',
        String(node.port),
        String(await busPortOf(clients.get(node.port)!)),
      );
    await waitFor('the nodes to know each other', async () =>
      (await Promise.all(all.map((client) => client.call('CLUSTER', 'INFO')))).every((info) =>
        String(info).includes('cluster_known_nodes:6'),
      ),
    );
    for (const [index, replica] of replicas.entries()) {
      const id = String(await primaries[index]!.call('CLUSTER', 'MYID'));
      await waitFor('the replica to accept its primary', () =>
        replica.call('CLUSTER', 'REPLICATE', id).then(
          () => true,
          () => false,
        ),
      );
    }
    await waitFor('the Cluster to be whole', async () => {
      const infos = await Promise.all(all.map((client) => client.call('CLUSTER', 'INFO')));
      const links = await Promise.all(replicas.map((replica) => replica.info('replication')));
      const slots = await Promise.all(all.map((client) => client.call('CLUSTER', 'SLOTS')));
      return (
        infos.every((info) => String(info).includes('cluster_state:ok')) &&
        links.every((info) => info.includes('master_link_status:up')) &&
        slots.every((ranges) => (ranges as unknown[][]).every((range) => range.length === 4))
      );
    });
    return {
      url: `redis+cluster://${nodes
        .slice(0, 3)
        .map((node) => `127.0.0.1:${node.port}`)
        .join(',')}`,
      killPrimary: async (key = '') => {
        const slot = Number(await first.call('CLUSTER', 'KEYSLOT', key));
        const ranges = (await first.call('CLUSTER', 'SLOTS')) as Array<[number, number, [string, number]]>;
        const range = ranges.find(([from, to]) => from <= slot && slot <= to);
        await running.get(range![2][1])!.kill();
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startClusterNode(directory: string): Promise<RunningService> {
  const port = await freePort();
  return startRedis({
    port,
    settings: [
      '--cluster-enabled',
      'yes',
      '--cluster-port',
      String(await freePort()),
      '--cluster-config-file',
      join(directory, `${port}.conf`),
      '--cluster-node-timeout',
      String(DOWN_AFTER_MS),
      '--cluster-replica-validity-factor',
      '0',
      '--repl-diskless-load',
      'swapdb',
      '--repl-diskless-sync-delay',
      '0',
    ],
  });
}

async function busPortOf(client: Redis): Promise<number> {
  const [, port] = (await client.call('CONFIG', 'GET', 'cluster-port')) as [string, string];
  return Number(port);
}

async function withClient<T>(port: number, work: (client: Redis) => Promise<T>): Promise<T> {
  const client = new Redis(port, { replyMapping: 'legacy' });
  client.on('error', () => undefined);
  try {
    return await work(client);
  } finally {
    client.disconnect();
  }
}
