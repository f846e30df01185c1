/** A parameter, or a field of a body's first level. */
export interface OperationField {
  readonly name: string;
  readonly description: string;
  /** `json`: an object, or several types. */
  readonly type: 'string' | 'integer' | 'number' | 'boolean' | 'json';
  /** Several of `type`. */
  readonly isList: boolean;
  /** The only values there are; empty: any. */
  readonly values: readonly string[];
  readonly isRequired: boolean;
  /** `null` means something else than leaving it out. */
  readonly isNullable: boolean;
}

/** What a program needs to know at run time to call an operation. */
export interface OperationDescription {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  /** With parameters in braces. */
  readonly path: string;
  /** Group in the documentation. */
  readonly tag: string;
  readonly summary: string;
  readonly description: string;
  readonly pathParameters: readonly OperationField[];
  readonly query: readonly OperationField[];
  /** null: it takes no body. */
  readonly body: readonly OperationField[] | null;
  /** Query parameter that takes `next` of the page before; null: the answer is no page. */
  readonly page: 'cursor' | 'after' | null;
  /** Of the answer, the usual one first. */
  readonly mediaTypes: readonly string[];
  readonly takesIdempotencyKey: boolean;
  readonly takesIfMatch: boolean;
  /** Takes `Prefer: wait=…`. */
  readonly takesPrefer: boolean;
  /** No credential needed. */
  readonly isPublic: boolean;
  /** A body that the API accepts; null: it takes none. */
  readonly exampleBody: unknown;
}
