import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Deployment, StatefulSet } from 'kubernetes-models/apps/v1';
import { HorizontalPodAutoscaler } from 'kubernetes-models/autoscaling/v2';
import { Job } from 'kubernetes-models/batch/v1';
import { NetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1';
import { PodDisruptionBudget } from 'kubernetes-models/policy/v1';
import { ConfigMap, Namespace, Secret, Service } from 'kubernetes-models/v1';
import { describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { appOfCommand, environmentOf, metricsVariableOf, portOf, programExists } from '../support/deployables.js';

const BASE = 'k8s/base';

interface Probe {
  readonly httpGet?: { readonly path: string; readonly port: string };
}

interface Container {
  readonly name: string;
  readonly image: string;
  readonly command: string[];
  readonly ports?: Array<{ readonly name: string; readonly containerPort: number }>;
  readonly env: Array<{
    readonly name: string;
    readonly value?: string;
    readonly valueFrom?: { readonly secretKeyRef?: Reference; readonly configMapKeyRef?: Reference };
  }>;
  readonly startupProbe?: Probe;
  readonly livenessProbe?: Probe;
  readonly readinessProbe?: Probe;
  readonly securityContext: Record<string, unknown>;
  readonly resources: { readonly requests: Record<string, unknown>; readonly limits: Record<string, unknown> };
  readonly volumeMounts: Array<{ readonly name: string; readonly mountPath: string }>;
}

interface Reference {
  readonly name: string;
  readonly key: string;
}

interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly [field: string]: unknown;
}

interface PodSpec {
  readonly automountServiceAccountToken: boolean;
  readonly terminationGracePeriodSeconds?: number;
  readonly securityContext: Record<string, unknown>;
  readonly containers: [Container];
}

interface Workload extends Manifest {
  readonly spec: { readonly replicas?: number; readonly template: { readonly spec: PodSpec } };
}

const MODELS = {
  ConfigMap,
  Deployment,
  HorizontalPodAutoscaler,
  Job,
  Namespace,
  NetworkPolicy,
  PodDisruptionBudget,
  Secret,
  Service,
  StatefulSet,
} as const;

const manifests = readdirSync(BASE)
  .filter((file) => file.endsWith('.yaml') && file !== 'kustomization.yaml')
  .flatMap((file) =>
    parseAllDocuments(readFileSync(join(BASE, file), 'utf8')).map((document) => ({
      file,
      manifest: document.toJS() as Manifest,
    })),
  );
const named = manifests.map((entry) => ({ ...entry, title: `${entry.manifest.kind} ${entry.manifest.metadata.name}` }));
const workloads = named.filter(({ manifest }) => ['Deployment', 'StatefulSet', 'Job'].includes(manifest.kind));
const served = workloads.filter(({ manifest }) => manifest.kind !== 'Job');
const podOf = (manifest: Manifest): PodSpec => (manifest as Workload).spec.template.spec;

/** Records which fields a validator looked at: one it never read is one it does not know. */
function readRecorder<T extends object>(value: T, path = ''): { value: T; unread: () => string[] } {
  const read = new Set<string>();
  const children = new Map<string, ReturnType<typeof readRecorder>>();
  const proxy = new Proxy(value, {
    get(target, key, receiver) {
      const found: unknown = Reflect.get(target, key, receiver);
      if (typeof key === 'symbol' || !Object.hasOwn(target, key)) return found;
      read.add(key);
      if (typeof found !== 'object' || found === null) return found;
      const child = children.get(key) ?? readRecorder(found, `${path}/${key}`);
      children.set(key, child);
      return child.value;
    },
  });
  return {
    value: proxy,
    unread: () => [
      ...Object.keys(value)
        .filter((key) => !read.has(key))
        .map((key) => `${path}/${key}`),
      ...[...children.values()].flatMap((child) => child.unread()),
    ],
  };
}

function unknownFields(manifest: Manifest): string[] {
  const Model = MODELS[manifest.kind as keyof typeof MODELS];
  const model = new Model(manifest as never);
  // The constructor copies, so the recorder goes around the copy that is validated.
  const recorder = readRecorder<object>(model);
  model.validate.call(recorder.value);
  return recorder.unread();
}

describe('Kubernetes manifests', () => {
  it('lists every file in the kustomization but the secret template', () => {
    const { resources } = parse(readFileSync(join(BASE, 'kustomization.yaml'), 'utf8')) as { resources: string[] };
    const files = [...new Set(manifests.map(({ file }) => file))].filter((file) => file !== 'secret.example.yaml');
    expect([...resources].sort()).toEqual(files.sort());
  });

  it.each(named)('$title fits the schema of its kind and has no field the schema does not know', ({ manifest }) => {
    expect(Object.keys(MODELS)).toContain(manifest.kind);
    expect(unknownFields(manifest)).toEqual([]);
  });

  it('catches a misspelt field and a wrong type', () => {
    const [first] = served;
    const broken = structuredClone(first?.manifest) as unknown as Record<string, Record<string, unknown>>;
    broken['spec']!['replica'] = 2;
    expect(unknownFields(broken as unknown as Manifest)).toEqual(['/spec/replica']);
    broken['spec']!['replicas'] = 'two';
    expect(() => unknownFields(broken as unknown as Manifest)).toThrow('replicas');
  });

  it.each(workloads)('$title runs a program that exists, from the one image', ({ manifest }) => {
    const [container] = podOf(manifest).containers;
    expect(container.image).toBe('pokt-portal');
    expect(programExists(container.command)).toBe(true);
  });

  it.each(workloads)('$title sets only variables that its program reads, from keys that exist', ({ manifest }) => {
    const [container] = podOf(manifest).containers;
    const known = environmentOf(container.command);
    expect(container.env.map(({ name }) => name).filter((name) => !known.includes(name))).toEqual([]);
    const keys = (kind: string, field: string): string[] =>
      Object.keys((named.find((entry) => entry.manifest.kind === kind)?.manifest[field] ?? {}) as object);
    const secrets = container.env.flatMap(({ valueFrom }) => valueFrom?.secretKeyRef ?? []);
    const settings = container.env.flatMap(({ valueFrom }) => valueFrom?.configMapKeyRef ?? []);
    expect(keys('Secret', 'stringData')).toEqual(expect.arrayContaining(secrets.map(({ key }) => key)));
    expect(keys('ConfigMap', 'data')).toEqual(expect.arrayContaining(settings.map(({ key }) => key)));
  });

  it.each(served)('$title sets every variable that has no default', ({ manifest }) => {
    const [container] = podOf(manifest).containers;
    const set = container.env.map(({ name }) => name);
    expect(appOfCommand(container.command)?.required.filter((name) => !set.includes(name))).toEqual([]);
  });

  it.each(served)('$title probes the port that it is told to listen on', ({ manifest }) => {
    const [container] = podOf(manifest).containers;
    const app = appOfCommand(container.command);
    const told = (variable: string): number => Number(container.env.find(({ name }) => name === variable)?.value);
    const port = (name: string): number | undefined =>
      container.ports?.find((entry) => entry.name === name)?.containerPort;
    expect(port('metrics')).toBe(told(metricsVariableOf(app!.name)));
    expect(port('http')).toBe(app?.name === 'worker' ? undefined : told(portOf(app!.name)));
    expect(container.startupProbe?.httpGet?.path).toBe('/livez');
    expect(container.livenessProbe?.httpGet?.path).toBe('/livez');
    expect(container.readinessProbe?.httpGet).toEqual({
      path: '/readyz',
      port: app?.name === 'worker' ? 'metrics' : 'http',
    });
  });

  it.each(workloads)('$title may do nothing that it need not', ({ manifest }) => {
    const pod = podOf(manifest);
    expect(pod.automountServiceAccountToken).toBe(false);
    expect(pod.securityContext).toMatchObject({ runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } });
    expect(pod.securityContext['runAsUser']).toBeGreaterThan(0);
    const [container] = pod.containers;
    expect(container.securityContext).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    });
    expect(Object.keys(container.resources.requests).sort()).toEqual(['cpu', 'memory']);
    expect(container.resources.limits).toHaveProperty('memory');
  });

  it('keeps the journal of the gateway on a volume of its own', () => {
    const { manifest } = served.find((entry) => entry.manifest.metadata.name === 'gateway')!;
    expect(manifest.kind).toBe('StatefulSet');
    const [container] = podOf(manifest).containers;
    const directory = container.env.find(({ name }) => name === 'JOURNAL_DIR')?.value;
    expect(container.volumeMounts).toContainEqual({ name: 'journal', mountPath: directory });
  });

  it('gives every served workload two copies, a disruption budget, and time to drain', () => {
    const budgets = named.filter(({ manifest }) => manifest.kind === 'PodDisruptionBudget');
    for (const { manifest } of served) {
      expect((manifest as Workload).spec.replicas).toBeGreaterThanOrEqual(2);
      expect(budgets.map((budget) => budget.manifest.metadata.name)).toContain(manifest.metadata.name);
      expect(podOf(manifest).terminationGracePeriodSeconds).toBeGreaterThanOrEqual(40);
    }
  });

  it('denies all traffic but what is listed, and never allows the metadata address', () => {
    const policies = named.filter(({ manifest }) => manifest.kind === 'NetworkPolicy').map(({ manifest }) => manifest);
    const deny = policies.find(({ metadata }) => metadata.name === 'default-deny');
    expect(deny?.['spec']).toEqual({ podSelector: {}, policyTypes: ['Ingress', 'Egress'] });
    const blocks = JSON.stringify(policies).match(/"ipBlock":\{[^}]*\}/g) ?? [];
    expect(blocks.length).toBeGreaterThan(0);
    for (const block of blocks) expect(block).toContain('169.254.0.0/16');
  });

  it('holds no secret', () => {
    const secret = named.find(({ manifest }) => manifest.kind === 'Secret')!.manifest['stringData'] as object;
    expect(Object.values(secret).every((value) => value === '')).toBe(true);
  });
});
