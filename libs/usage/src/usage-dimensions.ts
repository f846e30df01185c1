/** Columns by which usage can be grouped, in the order in which rows are sorted. */
export const USAGE_DIMENSIONS = ['day', 'hour', 'tenant', 'endpoint', 'application', 'chain', 'method', 'key'] as const;

/** One of {@link USAGE_DIMENSIONS}. */
export type UsageDimension = (typeof USAGE_DIMENSIONS)[number];

/** The fields of a row that dimensions become. */
export type UsageDimensionField =
  'day' | 'hour' | 'tenantId' | 'endpointId' | 'applicationId' | 'chain' | 'method' | 'keyId';

/** How one dimension is grouped by, shown and found again. */
export interface DimensionColumn {
  readonly field: UsageDimensionField;
  /** Column of the relation that is grouped. */
  readonly column: string;
  /** The column as text. */
  readonly text: string;
  /** PostgreSQL type that the text is cast to when rows after it are asked for. */
  readonly type: 'date' | 'timestamp' | 'uuid' | 'text';
  /** What a text of this dimension looks like. */
  readonly pattern: RegExp;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const NAME = /^\P{Cc}{0,64}$/u;

const idColumn = (field: UsageDimensionField, column: string): DimensionColumn => ({
  field,
  column,
  text: `${column}::text`,
  type: 'uuid',
  pattern: UUID,
});

/** Columns by dimension. An hour is shown as the instant at which it began. */
export const DIMENSION_COLUMNS: Readonly<Record<UsageDimension, DimensionColumn>> = {
  day: { field: 'day', column: 'day', text: 'day::text', type: 'date', pattern: /^\d{4}-\d{2}-\d{2}$/ },
  hour: {
    field: 'hour',
    column: 'hour_at',
    text: `to_char(hour_at, 'YYYY-MM-DD"T"HH24:00:00"Z"')`,
    type: 'timestamp',
    pattern: /^\d{4}-\d{2}-\d{2}T\d{2}:00:00Z$/,
  },
  tenant: idColumn('tenantId', 'tenant_id'),
  endpoint: idColumn('endpointId', 'endpoint_id'),
  application: idColumn('applicationId', 'application_id'),
  chain: { field: 'chain', column: 'chain', text: 'chain', type: 'text', pattern: NAME },
  method: { field: 'method', column: 'method', text: 'method', type: 'text', pattern: NAME },
  key: idColumn('keyId', 'key_id'),
};

/** The dimensions of `groupBy` in their fixed order, without repeats. @throws RangeError when there is none. */
export function dimensionsOf(groupBy: readonly UsageDimension[]): UsageDimension[] {
  const dimensions = USAGE_DIMENSIONS.filter((dimension) => groupBy.includes(dimension));
  if (dimensions.length === 0) throw new RangeError('usage is grouped by at least one dimension; see usageTotals');
  return dimensions;
}
