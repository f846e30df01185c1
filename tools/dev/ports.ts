import { createServer } from 'node:net';
import type { DevConfig } from './config.js';

/** A port that something will listen on, and the variable that moves it. */
export interface PlannedPort {
  readonly port: number;
  readonly host: string;
  readonly owner: string;
  readonly variable: string;
}

/** Every port that `npm start` will use with these settings. */
export function plannedPorts(config: DevConfig): PlannedPort[] {
  const local = '127.0.0.1';
  const gateways = Array.from({ length: config.GATEWAY_PROCESSES }, (_unused, index) => [
    {
      port: config.GATEWAY_PORT + index,
      host: config.GATEWAY_HOST,
      owner: gatewayName(index),
      variable: 'GATEWAY_PORT',
    },
    {
      port: config.GATEWAY_METRICS_PORT + index,
      host: local,
      owner: `${gatewayName(index)} metrics`,
      variable: 'GATEWAY_METRICS_PORT',
    },
  ]).flat();
  return [
    ...(config.DATABASE_URL
      ? []
      : [{ port: config.POSTGRES_PORT, host: local, owner: 'PostgreSQL', variable: 'POSTGRES_PORT' }]),
    ...(config.REDIS_URL ? [] : [{ port: config.REDIS_PORT, host: local, owner: 'Redis', variable: 'REDIS_PORT' }]),
    { port: config.DEVNET_PORT, host: local, owner: 'devnet', variable: 'DEVNET_PORT' },
    { port: config.DEVNET_METRICS_PORT, host: local, owner: 'devnet metrics', variable: 'DEVNET_METRICS_PORT' },
    ...Array.from({ length: config.DEVNET_NODES }, (_unused, index) => ({
      port: config.DEVNET_NODE_PORT_BASE + index,
      host: local,
      owner: `service node ${index + 1}`,
      variable: 'DEVNET_NODE_PORT_BASE',
    })),
    ...gateways,
    { port: config.ADMIN_PORT, host: config.ADMIN_HOST, owner: 'admin', variable: 'ADMIN_PORT' },
    { port: config.ADMIN_METRICS_PORT, host: local, owner: 'admin metrics', variable: 'ADMIN_METRICS_PORT' },
    { port: config.WORKER_METRICS_PORT, host: local, owner: 'worker', variable: 'WORKER_METRICS_PORT' },
  ];
}

/** `gateway`, `gateway-2`, … */
export function gatewayName(index: number): string {
  return index === 0 ? 'gateway' : `gateway-${index + 1}`;
}

/** One sentence per variable whose ports are planned twice or held by another process, and how to move them; empty when all are free. */
export async function portProblems(planned: readonly PlannedPort[]): Promise<string[]> {
  const problems: string[] = [];
  const owners = new Map<number, PlannedPort>();
  for (const wanted of planned) {
    const other = wanted.port === 0 ? undefined : owners.get(wanted.port);
    if (other) {
      problems.push(
        `Port ${wanted.port} is meant for ${other.owner} (${other.variable}) and for ${wanted.owner} (${wanted.variable}): move one of them.`,
      );
    }
    owners.set(wanted.port, wanted);
  }
  if (problems.length > 0) return problems;
  const reasons = await Promise.all(planned.map((wanted) => listenProblem(wanted)));
  const taken = planned.flatMap((wanted, index) => {
    const reason = reasons[index];
    return reason ? [{ ...wanted, reason }] : [];
  });
  const byVariable = groupByVariable(taken);
  const sentences = [...byVariable.values()].map(([first, ...others]) => sentenceOf(first!, others.length));
  if (sentences.length === 0) return [];
  const moves = [...byVariable].map(([variable, [first]]) => `${variable}=${suggestion(first!.port)}`);
  return [...sentences, `Stop what holds them, or move: ${moves.join(' ')} npm start`];
}

function sentenceOf(wanted: PlannedPort & { readonly reason: string }, others: number): string {
  const more = others === 0 ? '' : `, like ${others} more of ${wanted.variable}`;
  return wanted.reason === 'EADDRINUSE'
    ? `Port ${wanted.port} is in use by another process, and ${wanted.owner} needs it (${wanted.variable})${more}.`
    : `Port ${wanted.port} cannot be used for ${wanted.owner} (${wanted.variable}): ${wanted.reason} on ${wanted.host}${more}.`;
}

function suggestion(port: number): number {
  return port + 1000 > 65_000 ? port - 1000 : port + 1000;
}

/** Listens for a moment; the code of the error, or null. */
function listenProblem(wanted: PlannedPort): Promise<string | null> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    probe.listen({ port: wanted.port, host: wanted.host, exclusive: true }, () => probe.close(() => resolve(null)));
  });
}

function groupByVariable<T extends PlannedPort>(ports: readonly T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const port of ports) groups.set(port.variable, [...(groups.get(port.variable) ?? []), port]);
  return groups;
}
