import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { readDevConfig } from './config.js';
import { plannedPorts, portProblems } from './ports.js';

describe('ports', () => {
  it('are named with the variable that moves them when another process holds them', async () => {
    const holder = createServer();
    await new Promise<void>((resolve) => holder.listen(0, '127.0.0.1', resolve));
    const { port } = holder.address() as AddressInfo;
    try {
      const problems = await portProblems([{ port, host: '127.0.0.1', owner: 'gateway', variable: 'GATEWAY_PORT' }]);
      expect(problems[0]).toBe(`Port ${port} is in use by another process, and gateway needs it (GATEWAY_PORT).`);
      expect(problems[1]).toMatch(/^Stop what holds them, or move: GATEWAY_PORT=\d+ npm start$/);
    } finally {
      holder.close();
    }
  });

  it('are refused when two processes would share one', async () => {
    const problems = await portProblems(plannedPorts(readDevConfig({ ADMIN_PORT: '4000' })));
    expect(problems).toEqual([
      'Port 4000 is meant for gateway (GATEWAY_PORT) and for admin (ADMIN_PORT): move one of them.',
    ]);
  });

  it('of the embedded stores are not planned when others are used', () => {
    const planned = plannedPorts(readDevConfig({ DATABASE_URL: 'postgres://a/b', REDIS_URL: 'redis://a' }));
    expect(planned.filter(({ variable }) => variable === 'POSTGRES_PORT' || variable === 'REDIS_PORT')).toEqual([]);
  });

  it('are consecutive for several gateways and for the nodes', () => {
    const planned = plannedPorts(readDevConfig({ GATEWAY_PROCESSES: '3', DEVNET_NODES: '2' }));
    const of = (variable: string): number[] =>
      planned.filter((entry) => entry.variable === variable).map(({ port }) => port);
    expect(of('GATEWAY_PORT')).toEqual([4000, 4001, 4002]);
    expect(of('GATEWAY_METRICS_PORT')).toEqual([4090, 4091, 4092]);
    expect(of('DEVNET_NODE_PORT_BASE')).toEqual([4310, 4311]);
  });
});
