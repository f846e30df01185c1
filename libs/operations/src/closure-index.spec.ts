import { describe, expect, it } from 'vitest';
import { ClosureIndex } from './closure-index.js';
import type { NodeClosure } from './control-state.js';

const closure = (fields: Partial<NodeClosure>): NodeClosure => ({
  closureId: '00000000-0000-7000-8000-000000000000',
  kind: 'node',
  target: 'n1',
  chain: null,
  mode: 'cordon',
  reason: 'test',
  createdBy: 'test',
  createdAt: new Date(0),
  expiresAt: null,
  ...fields,
});

describe('closures', () => {
  it('hold for their chain, or for all', () => {
    const index = new ClosureIndex([closure({ chain: '0021' }), closure({ target: 'n2' })]);
    expect(index.of('0021', 'n1', 'a')).not.toBeNull();
    expect(index.of('0009', 'n1', 'a')).toBeNull();
    expect(index.of('0009', 'n2', 'a')).not.toBeNull();
  });

  it('of an operator hold for all of its nodes', () => {
    const index = new ClosureIndex([closure({ kind: 'operator', target: 'nodes.example' })]);
    expect(index.of('0021', 'n9', 'nodes.example')).not.toBeNull();
    expect(index.of('0021', 'n9', 'other.example')).toBeNull();
  });

  it('end by themselves, and the strictest of several decides', () => {
    let nowMs = 0;
    const index = new ClosureIndex(
      [closure({ expiresAt: new Date(1_000) }), closure({ kind: 'operator', target: 'a', mode: 'drain' })],
      () => nowMs,
    );
    expect(index.of('0021', 'n1', 'a')?.mode).toBe('cordon');
    nowMs = 1_000;
    expect(index.of('0021', 'n1', 'a')?.mode).toBe('drain');
  });
});
