import type { AccessRule } from '#libs/auth';
import type { Harness } from './admin-harness.js';

/** A route as the OpenAPI document tells it. */
export interface DocumentedRoute {
  readonly method: string;
  /** With `{name}` for each parameter. */
  readonly path: string;
  /** What it demands; undefined when the document does not say, which no route may. */
  readonly access: AccessRule | undefined;
  /** The document's example of a body. */
  readonly example: unknown;
}

interface Operation {
  readonly 'x-access'?: AccessRule;
  readonly requestBody?: {
    readonly content?: Readonly<
      Record<string, { readonly example?: unknown; readonly examples?: Readonly<Record<string, { value: unknown }>> }>
    >;
  };
}

/** Every route of `/openapi.json`. */
export async function documentedRoutes(harness: Harness): Promise<DocumentedRoute[]> {
  const { paths } = (await harness.ask('/openapi.json', { token: null })).body as {
    paths: Record<string, Record<string, Operation>>;
  };
  return Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => {
      const { example, examples } = operation.requestBody?.content?.['application/json'] ?? {};
      const [first] = Object.values(examples ?? {});
      return {
        method: method.toUpperCase(),
        path,
        access: operation['x-access'],
        example: example ?? first?.value,
      };
    }),
  );
}

/**
 * The body of a route's example, with our ids for those of the document; undefined for a method without body. Fields that take a list
 * of ids take ours alone.
 */
export function exampleBody(route: DocumentedRoute, ids: Readonly<Record<string, string>>): unknown {
  if (route.method === 'GET' || route.method === 'DELETE') return undefined;
  return withIds(route.example ?? {}, ids);
}

function withIds(value: unknown, ids: Readonly<Record<string, string>>): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([field, inner]: [string, unknown]) => {
      const [one, several] = [ids[field], ids[field.replace(/s$/, '')]];
      if (one !== undefined) return [field, one];
      return [field, several !== undefined && Array.isArray(inner) ? [several] : withIds(inner, ids)];
    }),
  );
}
