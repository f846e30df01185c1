import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** One app's environment: variable name → zod schema. */
export type EnvSchema = Record<string, z.ZodType>;

/** The environment does not fit the schema; the message lists every variable at fault and never a value. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/**
 * Parses an app's configuration once, before anything starts.
 * Empty variables count as unset. `NAME_FILE` names a file that holds the value of `NAME`, the form in which Docker and
 * Kubernetes hand over secrets; its trailing newline is dropped.
 *
 * @throws ConfigError naming each wrong variable and what it must be.
 */
export function parseConfig<T extends EnvSchema>(
  schema: T,
  env: NodeJS.ProcessEnv = process.env,
): z.infer<z.ZodObject<T>> {
  const values: Record<string, string> = {};
  for (const name of Object.keys(schema)) {
    const direct = env[name];
    const file = env[`${name}_FILE`];
    if (direct !== undefined && direct !== '') values[name] = direct;
    else if (file !== undefined && file !== '') values[name] = readSecretFile(name, file);
  }
  const parsed = z.object(schema).safeParse(values);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map((issue) => {
    const name = String(issue.path[0]);
    const unset = values[name] === undefined;
    return `  ${name}: ${unset ? 'is not set' : issue.message}${describe(schema[name])}`;
  });
  throw new ConfigError(`The configuration is not usable:\n${lines.join('\n')}\nSee .env.example for every variable.`);
}

function readSecretFile(name: string, file: string): string {
  try {
    return readFileSync(file, 'utf8').replace(/\r?\n$/, '');
  } catch (error) {
    throw new ConfigError(`${name}_FILE names ${file}, which cannot be read: ${(error as Error).message}`);
  }
}

/** The field's description; `.default()` and `.optional()` wrap a schema without taking it over. */
function describe(schema: z.ZodType | undefined): string {
  let current = schema;
  while (current) {
    if (current.description) return ` (${current.description})`;
    const definition = current.def as { innerType?: z.ZodType; in?: z.ZodType };
    current = definition.innerType ?? definition.in;
  }
  return '';
}
