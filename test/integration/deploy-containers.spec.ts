import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { APPS, appOfCommand, environmentOf, programExists } from '../support/deployables.js';

interface Service {
  readonly image?: string;
  readonly command?: string[];
  readonly environment?: Record<string, string | number>;
  readonly healthcheck?: { readonly test: string[] };
  readonly depends_on?: Record<string, { readonly condition: string }>;
  readonly volumes?: string[];
}

const compose = parse(readFileSync('docker-compose.yml', 'utf8'), { merge: true }) as {
  readonly services: Record<string, Service>;
  readonly volumes: Record<string, unknown>;
};
const ours = Object.entries(compose.services)
  .filter(([, service]) => service.image?.startsWith('pokt-portal:'))
  .map(([name, service]) => ({ name, service, command: service.command ?? [] }));
const apps = ours.filter(({ command }) => appOfCommand(command));

describe('docker-compose.yml', () => {
  it('runs the four apps and the migrations', () => {
    expect(ours.map(({ name }) => name).sort()).toEqual([...APPS.map(({ name }) => name), 'migrate'].sort());
  });

  it.each(ours)('$name runs a program that exists', ({ command }) => {
    expect(programExists(command)).toBe(true);
  });

  it.each(ours)('$name sets only variables that its program reads', ({ service, command }) => {
    const known = environmentOf(command);
    expect(Object.keys(service.environment ?? {}).filter((name) => !known.includes(name))).toEqual([]);
  });

  it.each(apps)('$name sets every variable that has no default', ({ service, command }) => {
    const set = Object.keys(service.environment ?? {});
    expect(appOfCommand(command)?.required.filter((name) => !set.includes(name))).toEqual([]);
  });

  it.each(apps)('$name is probed where it listens', ({ name, service }) => {
    const variable = name === 'worker' ? 'WORKER_METRICS_PORT' : `${name.toUpperCase()}_PORT`;
    expect(service.healthcheck?.test.join(' ')).toContain(`:${service.environment?.[variable]}/readyz`);
  });

  it('takes every secret from .env, which .env.example explains', () => {
    const used = [...readFileSync('docker-compose.yml', 'utf8').matchAll(/\$\{(\w+)/g)].map(([, name]) => name);
    const explained = readFileSync('.env.example', 'utf8');
    for (const name of new Set(used)) expect(explained).toMatch(new RegExp(`^${name}=`, 'm'));
  });

  it('waits for what a service needs', () => {
    const needs = ours.flatMap(({ service }) => Object.entries(service.depends_on ?? {}));
    expect(needs.filter(([needed]) => !compose.services[needed])).toEqual([]);
    const watched = needs.filter(([, { condition }]) => condition === 'service_healthy');
    expect(watched.filter(([needed]) => !compose.services[needed]?.healthcheck)).toEqual([]);
  });

  it('declares every named volume', () => {
    const used = Object.values(compose.services).flatMap(({ volumes }) => volumes ?? []);
    for (const volume of used) expect(Object.keys(compose.volumes)).toContain(volume.split(':')[0]);
  });
});

describe('Dockerfile', () => {
  const lines = readFileSync('Dockerfile', 'utf8').split('\n');

  it('copies only files that exist and that .dockerignore lets through', () => {
    const ignore = readFileSync('.dockerignore', 'utf8').split('\n');
    const copied = lines
      .filter((line) => line.startsWith('COPY ') && !line.includes('--from='))
      .flatMap((line) => line.split(/\s+/).slice(1, -1));
    expect(copied.length).toBeGreaterThan(0);
    const paths = copied.map((name) => name.replace(/^\.\//, ''));
    expect(paths.filter((path) => !existsSync(path))).toEqual([]);
    expect(paths.filter((path) => !ignore.includes(`!${path}`))).toEqual([]);
  });

  it('leaves development and optional packages out, and runs as a numbered user that is not root', () => {
    const text = lines.join('\n');
    expect(text).toMatch(/npm ci --omit=dev --omit=optional/);
    expect(lines.findLast((line) => line.startsWith('USER'))).toMatch(/^USER [1-9]\d*:[1-9]\d*$/);
  });

  it('starts a program that exists', () => {
    const command = lines.findLast((line) => line.startsWith('CMD'))?.slice('CMD '.length) ?? '[]';
    expect(programExists(JSON.parse(command) as string[])).toBe(true);
  });
});
