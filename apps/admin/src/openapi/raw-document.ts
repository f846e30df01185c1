import type { z } from 'zod';
import type { Direction, Json, JsonObject } from './json-schema.js';

const METHODS = ['get', 'put', 'post', 'delete', 'patch'] as const;

/** A shape of the document, and the zod schema that the running API checks it with. */
export interface DocumentedShape {
  /** For example `createTenant body`. */
  readonly place: string;
  readonly direction: Direction;
  readonly schema: z.ZodType;
  /** Every example that the document shows at this place. */
  readonly examples: readonly Json[];
}

/** An operation while it is being documented. */
export interface RawOperation {
  operationId: string;
  summary?: string;
  description?: string;
  security?: unknown[];
  tags?: string[];
  parameters?: Array<{ name: string; in: string; description?: string; required?: boolean; schema: JsonObject }>;
  requestBody?: { content: Record<string, MediaType>; description?: string };
  responses: Record<string, { description: string; content?: Record<string, MediaType> }>;
  /** See `Documentation.streams`. */
  'x-streams'?: Record<string, string>;
}

/** One media type of a body or an answer. */
export interface MediaType {
  schema: JsonObject;
  example?: Json;
  examples?: Record<string, { summary?: string; value: Json }>;
}

/** The document while it is being made. */
export interface RawDocument {
  paths: Record<string, Partial<Record<(typeof METHODS)[number], RawOperation>>>;
  components?: Record<string, unknown>;
  tags?: Array<{ name: string; description: string }>;
}

/** Where a zod schema stands in the document. */
export interface Place {
  readonly name: string;
  readonly direction: Direction;
  readonly zod: z.ZodType;
  readonly media: MediaType | undefined;
  /** Query parameters, in place of a media type. */
  readonly parameters?: RawOperation['parameters'];
}

/** Every operation of a document. */
export function operationsOf(
  document: RawDocument,
): ReadonlyArray<{ readonly method: string; readonly path: string; readonly operation: RawOperation }> {
  return Object.entries(document.paths).flatMap(([path, operations]) =>
    METHODS.flatMap((method) => {
      const operation = operations[method];
      return operation ? [{ method, path, operation }] : [];
    }),
  );
}
