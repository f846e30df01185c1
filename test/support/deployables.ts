import { existsSync } from 'node:fs';
import { adminEnvironment } from '../../apps/admin/src/config.js';
import { devnetEnvironment } from '../../apps/devnet/src/config.js';
import { gatewayEnvironment } from '../../apps/gateway/src/config.js';
import { workerEnvironment } from '../../apps/worker/src/config.js';
import type { EnvSchema } from '#libs/config';

/** One app as manifests see it. */
export interface DeployableApp {
  readonly name: 'gateway' | 'admin' | 'worker' | 'devnet';
  /** Every variable it reads. */
  readonly variables: readonly string[];
  /** Those without a default. */
  readonly required: readonly string[];
}

const app = (name: DeployableApp['name'], schema: EnvSchema): DeployableApp => ({
  name,
  variables: Object.keys(schema),
  required: Object.entries(schema)
    .filter(([, field]) => !field.safeParse(undefined).success)
    .map(([variable]) => variable),
});

/** The four apps. */
export const APPS: readonly DeployableApp[] = [
  app('gateway', gatewayEnvironment),
  app('admin', adminEnvironment),
  app('worker', workerEnvironment),
  app('devnet', devnetEnvironment),
];

/** The app that a container's command runs; undefined for another program. */
export function appOfCommand(command: readonly string[]): DeployableApp | undefined {
  return APPS.find(({ name }) => command.at(-1) === `dist/apps/${name}/src/main.js`);
}

/** Every variable that the command's program reads. */
export function environmentOf(command: readonly string[]): readonly string[] {
  return appOfCommand(command)?.variables ?? ['DATABASE_URL'];
}

/** Whether the JavaScript that a command names is compiled from a source in this tree. */
export function programExists(command: readonly string[]): boolean {
  const program = command.at(-1) ?? '';
  return command[0] === 'node' && existsSync(program.replace(/^dist\//, '').replace(/\.js$/, '.ts'));
}

/** Name of the variable that moves an app's main port. */
export function portOf(name: DeployableApp['name']): string {
  return `${name.toUpperCase()}_PORT`;
}

/** Name of the variable that moves an app's metrics port. */
export function metricsVariableOf(name: DeployableApp['name']): string {
  return `${name.toUpperCase()}_METRICS_PORT`;
}
