import type { SqlExecutor } from '#libs/persistence';
import type { StateChanges } from '../machine/chain-state.js';
import type { BlockRow, GenesisRow } from './chain-store.js';

/** Writes the state before block 1. Must run in a transaction. */
export async function writeGenesis(sql: SqlExecutor, genesis: GenesisRow): Promise<void> {
  await sql.query(
    `INSERT INTO ledger.genesis (chain_id, digest, time_ms, state_hash, supply_upokt) VALUES ($1, $2, $3, $4, $5)`,
    [genesis.chainId, genesis.digest, genesis.timeMs, genesis.stateHash, genesis.supplyUpokt.toString()],
  );
  await writeChanges(sql, 0, genesis.changes);
}

/**
 * Writes a block and all it changed. Must run in a transaction; the primary key of `blocks` refuses a second block of the same
 * height, whoever made it.
 */
export async function writeBlock(sql: SqlExecutor, block: BlockRow): Promise<void> {
  await sql.query(
    `INSERT INTO ledger.blocks (height, hash, time_ms, proposer, answer, transaction_count, transaction_total, state_hash,
       results_hash, minted_upokt, burned_upokt, supply_upokt)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [
      block.height,
      block.hash,
      block.timeMs,
      block.proposerAddressHex,
      JSON.stringify(block.answer),
      block.transactions.length,
      block.transactionTotal,
      block.stateHash,
      block.resultsHash,
      block.mintedUpokt.toString(),
      block.burnedUpokt.toString(),
      block.supplyUpokt.toString(),
    ],
  );
  await writeTransactions(sql, block);
  await writeChanges(sql, block.height, block.changes);
  await writeSettlements(sql, block);
}

async function writeTransactions(sql: SqlExecutor, block: BlockRow): Promise<void> {
  if (block.transactions.length === 0) return;
  const column = <T>(pick: (transaction: BlockRow['transactions'][number]) => T): T[] => block.transactions.map(pick);
  await sql.query(
    `INSERT INTO ledger.transactions (hash, height, index, message_type, signer, recipient, code, codespace, log, bytes)
     SELECT t.hash, $1, t.ordinality - 1, t.message_type, t.signer, t.recipient, t.code, t.codespace, t.log, decode(t.bytes, 'hex')
     FROM unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::int[], $7::text[], $8::text[], $9::text[])
       WITH ORDINALITY AS t (hash, message_type, signer, recipient, code, codespace, log, bytes)`,
    [
      block.height,
      column((t) => t.hash),
      column((t) => t.messageType),
      column((t) => t.signerAddressHex),
      column((t) => t.recipientAddressHex),
      column((t) => t.code),
      column((t) => t.codespace),
      column((t) => t.log),
      column((t) => t.bytes.toString('hex')),
    ],
  );
}

async function writeChanges(sql: SqlExecutor, height: number, changes: StateChanges): Promise<void> {
  if (changes.records.length > 0) {
    await sql.query(
      `INSERT INTO ledger.record_versions (kind, key, height, record)
       SELECT kind, key, $1, record::jsonb FROM unnest($2::text[], $3::text[], $4::text[]) AS r (kind, key, record)`,
      [
        height,
        changes.records.map((record) => record.kind),
        changes.records.map((record) => record.key),
        changes.records.map((record) => record.json),
      ],
    );
  }
  if (changes.entries.length === 0) return;
  await sql.query(
    `INSERT INTO ledger.entries (height, entry, reason, transaction_index)
     SELECT $1, e.ordinality - 1, e.reason, e.transaction_index
     FROM unnest($2::text[], $3::int[]) WITH ORDINALITY AS e (reason, transaction_index)`,
    [height, changes.entries.map((entry) => entry.reason), changes.entries.map((entry) => entry.transactionIndex)],
  );
  const lines = changes.entries.flatMap(({ postings }, entry) =>
    postings.map((posting, line) => ({ entry, line, ...posting })),
  );
  await sql.query(
    `INSERT INTO ledger.postings (height, entry, line, account, amount_upokt)
     SELECT $1, p.entry, p.line, p.account, p.amount
     FROM unnest($2::int[], $3::smallint[], $4::text[], $5::bigint[]) AS p (entry, line, account, amount)`,
    [
      height,
      lines.map((line) => line.entry),
      lines.map((line) => line.line),
      lines.map((line) => line.account),
      lines.map((line) => line.amountUpokt.toString()),
    ],
  );
}

async function writeSettlements(sql: SqlExecutor, block: BlockRow): Promise<void> {
  if (block.settlements.length === 0) return;
  const column = <T>(pick: (settlement: BlockRow['settlements'][number]) => T): T[] => block.settlements.map(pick);
  await sql.query(
    `INSERT INTO ledger.settlements (height, node, header_hash, evidence_type, transaction_hash, app_public_key, chain,
       session_height, outcome, relays, coins_upokt, node_upokt, fees_upokt, burned_upokt)
     SELECT $1, s.* FROM unnest($2::text[], $3::text[], $4::smallint[], $5::text[], $6::text[], $7::text[], $8::bigint[],
       $9::text[], $10::bigint[], $11::bigint[], $12::bigint[], $13::bigint[], $14::bigint[]) AS s`,
    [
      block.height,
      column((s) => s.nodeAddressHex),
      column((s) => block.headerHashes.get(s)),
      column((s) => s.evidenceType),
      column((s) => s.txHash),
      column((s) => s.header.app_public_key),
      column((s) => s.header.chain),
      column((s) => s.header.session_height),
      column((s) => s.outcome),
      column((s) => s.relays.toString()),
      column((s) => s.coinsUpokt.toString()),
      column((s) => s.nodeUpokt.toString()),
      column((s) => s.feesUpokt.toString()),
      column((s) => s.burnedUpokt.toString()),
    ],
  );
}
