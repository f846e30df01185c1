/** The newest block joined with the genesis row, so that a chain without blocks has a head too. */
export const HEAD_SQL = `
  SELECT g.chain_id, g.digest, coalesce(b.height, 0) AS height, coalesce(b.hash, '') AS hash,
    coalesce(b.answer->'block_id'->'parts'->>'hash', '') AS parts_hash, coalesce(b.time_ms, g.time_ms) AS time_ms,
    coalesce(b.proposer, '') AS proposer, coalesce(b.transaction_total, 0) AS transaction_total,
    coalesce(b.state_hash, g.state_hash) AS state_hash, coalesce(b.results_hash, '') AS results_hash
  FROM ledger.genesis g LEFT JOIN LATERAL (SELECT * FROM ledger.blocks ORDER BY height DESC LIMIT 1) b ON true`;

/** A row of `HEAD_SQL`. PostgreSQL's bigint arrives as text. */
export interface HeadRow {
  readonly chain_id: string;
  readonly digest: string;
  readonly height: string;
  readonly hash: string;
  readonly parts_hash: string;
  readonly time_ms: string;
  readonly proposer: string;
  readonly transaction_total: string;
  readonly state_hash: string;
  readonly results_hash: string;
}
