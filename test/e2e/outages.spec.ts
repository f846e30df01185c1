import { expect, it } from 'vitest';
import { formatReport } from '../../tools/faults/report.js';
import { runFaults } from '../../tools/faults/run.js';
import type { FaultKind } from '../../tools/faults/schedule.js';

const KINDS: readonly FaultKind[] = [
  'gateway-kill',
  'worker-kill',
  'redis-kill',
  'postgres-kill',
  'postgres-failover',
  'nodes-cut',
];

it('loses nothing and counts nothing twice when its parts are killed and its network is cut under load', async () => {
  const { rows, invariants, notes } = await runFaults({
    seed: 6,
    faults: KINDS.length,
    kinds: KINDS,
    secondsBetween: 1,
    rate: 200,
  });
  console.log(formatReport(rows, invariants));
  expect(invariants.filter((each) => !each.holds)).toEqual([]);
  expect(notes).toEqual([]);
  // Relays are served through every outage, or at the latest after it.
  const struck = rows.filter((row) => row.kind !== 'no fault');
  expect(struck.map((row) => row.kind).sort()).toEqual([...KINDS].sort());
  expect(struck.filter((row) => row.served === 0)).toEqual([]);
});
