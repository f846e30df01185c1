import { setTimeout as delay } from 'node:timers/promises';
import { type BlockAnswer, type DispatchAnswer, decodeDispatchAnswer } from '#libs/protocol';
import { z } from 'zod';
import { LedgerAnswerError, LedgerRefusedError, LedgerUnreachableError, TransactionPendingError } from '../errors.js';
import type { LedgerPort } from '../ledger-port.js';
import { parametersOfTexts } from '../machine/parameters.js';
import type {
  ApplicationFilter,
  ClaimRef,
  LedgerApplication,
  LedgerClaim,
  LedgerNode,
  LedgerParameters,
  LedgerSupply,
  LedgerTransaction,
  NodeFilter,
  SubmittedTransaction,
} from '../types.js';
import {
  accountAnswer,
  allParametersAnswer,
  applicationAnswer,
  balanceAnswer,
  blockAnswer,
  claimAnswer,
  heightAnswer,
  nodeAnswer,
  pageAnswer,
  rawTransactionAnswer,
  supplyAnswer,
  transactionAnswer,
} from './answers.js';
import { parseExactJson } from './exact-json.js';
import { FailoverTransport, type TransportOptions } from './failover-transport.js';

/** How long to wait for inclusion. */
export interface WaitOptions {
  readonly timeoutMs: number;
  /** Pause between two looks; default 200. */
  readonly pollMs?: number;
}

const PER_PAGE = 1_000;
/** Stops a list that never ends: more pages than any network has records. */
const PAGES_MAX = 1_000;

/**
 * A Pocket ledger over pocket-core's RPC (facts 5.8): a stock node or the devnet, by URL.
 *
 * Answers are checked for shape and kept exact: a 64-bit integer is a bigint or the answer is refused. Errors:
 * `LedgerUnreachableError` (no URL gave a usable answer in time), `LedgerRefusedError` (the node refused, with its code),
 * `LedgerAnswerError` (the only URL answered something undocumented).
 */
export class PocketRpcClient implements LedgerPort {
  readonly #transport: FailoverTransport;

  constructor(options: TransportOptions) {
    this.#transport = new FailoverTransport(options);
  }

  /** Closes idle connections and ends when open requests have ended. */
  close(): Promise<void> {
    return this.#transport.close();
  }

  async height(): Promise<number> {
    return (await this.#query('height', {}, heightAnswer)).height;
  }

  async parameters(height = 0): Promise<LedgerParameters> {
    return parametersOfTexts(await this.#query('allparams', { height }, allParametersAnswer));
  }

  dispatch(appPublicKeyHex: string, chain: string): Promise<DispatchAnswer> {
    return this.#transport.post(
      'v1/client/dispatch',
      { app_public_key: appPublicKeyHex, chain, session_height: 0 },
      (answer) => decodeDispatchAnswer(answer),
    );
  }

  application(addressHex: string, height = 0): Promise<LedgerApplication | null> {
    return nullWhen(['application', 101], this.#query('app', { address: addressHex, height }, applicationAnswer));
  }

  applications(filter: ApplicationFilter = {}): Promise<LedgerApplication[]> {
    const { height = 0, chain, status } = filter;
    const opts = {
      ...(chain === undefined ? {} : { blockchain: chain }),
      ...(status === undefined ? {} : { staking_status: status }),
    };
    return this.#list('apps', { height, opts }, applicationAnswer);
  }

  node(addressHex: string, height = 0): Promise<LedgerNode | null> {
    return nullWhen(['pos', 101], this.#query('node', { address: addressHex, height }, nodeAnswer));
  }

  nodes(filter: NodeFilter = {}): Promise<LedgerNode[]> {
    const { height = 0, chain, status, jailed } = filter;
    const opts = {
      ...(chain === undefined ? {} : { blockchain: chain }),
      ...(status === undefined ? {} : { staking_status: status }),
      // pocket-core counts 1 for jailed and 2 for not jailed; absent is both.
      ...(jailed === undefined ? {} : { jailed_status: jailed ? 1 : 2 }),
    };
    return this.#list('nodes', { height, opts }, nodeAnswer);
  }

  async balanceUpokt(addressHex: string, height = 0): Promise<bigint> {
    const body = { address: addressHex, height };
    const { balance } = await this.#query('balance', body, balanceAnswer);
    // Beyond this the node's JSON has lost digits; the account's coins are text.
    if (balance <= BigInt(Number.MAX_SAFE_INTEGER)) return balance;
    return this.#query('account', body, accountAnswer);
  }

  supply(height = 0): Promise<LedgerSupply> {
    return this.#query('supply', { height }, supplyAnswer);
  }

  /** A height above the newest is refused by a stock node with a text without a code; that is null here. */
  async block(height: number): Promise<BlockAnswer | null> {
    return nullWhen(['sdk', 1], this.#query('block', { height }, blockAnswer));
  }

  async claims(nodeAddressHex: string, height = 0): Promise<LedgerClaim[]> {
    return this.#pages((page) =>
      this.#query('nodeclaims', { address: nodeAddressHex, height, page, per_page: PER_PAGE }, pageAnswer(claimAnswer)),
    );
  }

  claim(ref: ClaimRef, height = 0): Promise<LedgerClaim | null> {
    const body = {
      address: ref.addressHex,
      blockchain: ref.chain,
      app_pubkey: ref.appPublicKeyHex,
      session_block_height: ref.sessionHeight,
      height,
      receipt_type: ref.evidenceType === 2 ? 'challenge' : 'relay',
    };
    return nullWhen(['pocketcore', 65], this.#query('nodeclaim', body, claimAnswer));
  }

  /** Not in a block (yet): null. A stock node says so with a text without a code. */
  transaction(hash: string): Promise<LedgerTransaction | null> {
    return nullWhen(['sdk', 1], this.#query('tx', { hash: hash.toUpperCase(), prove: false }, transactionAnswer));
  }

  submitTransaction(addressHex: string, bytes: Uint8Array): Promise<SubmittedTransaction> {
    const body = { address: addressHex, raw_hex_bytes: Buffer.from(bytes).toString('hex') };
    return this.#transport.post('v1/client/rawtx', body, (answer) => decode(answer, rawTransactionAnswer));
  }

  /**
   * Submits and waits until the transaction is in a block; its result, success or not, is in the answer's `code`. Safe to repeat with
   * the same bytes: a transaction that is in a block already is found there. Throws `LedgerRefusedError` when the mempool refuses it
   * and `TransactionPendingError` when the time ends first.
   */
  async submitAndWait(addressHex: string, bytes: Uint8Array, wait: WaitOptions): Promise<LedgerTransaction> {
    const deadline = performance.now() + wait.timeoutMs;
    const submitted = await this.submitTransaction(addressHex, bytes);
    if (submitted.code !== 0) {
      const included = await this.transaction(submitted.txHash);
      if (included) return included;
      throw new LedgerRefusedError(submitted.code, submitted.codespace, submitted.log);
    }
    for (;;) {
      const included = await this.#transactionIfReachable(submitted.txHash);
      if (included) return included;
      if (performance.now() >= deadline) throw new TransactionPendingError(submitted.txHash);
      await delay(wait.pollMs ?? 200);
    }
  }

  /** While waiting, an outage is no reason to give up before the time ends. */
  async #transactionIfReachable(hash: string): Promise<LedgerTransaction | null> {
    try {
      return await this.transaction(hash);
    } catch (error) {
      if (error instanceof LedgerUnreachableError) return null;
      throw error;
    }
  }

  #query<T extends z.ZodType>(name: string, body: unknown, schema: T): Promise<z.output<T>> {
    return this.#transport.post(`v1/query/${name}`, body, (answer) => decode(answer, schema));
  }

  #list<T extends z.ZodType>(
    name: string,
    body: { height: number; opts: object },
    item: T,
  ): Promise<Array<z.output<T>>> {
    return this.#pages((page) =>
      this.#query(name, { height: body.height, opts: { ...body.opts, page, per_page: PER_PAGE } }, pageAnswer(item)),
    );
  }

  async #pages<T>(ask: (page: number) => Promise<{ result: T[]; total_pages: number }>): Promise<T[]> {
    const all: T[] = [];
    for (let page = 1; page <= PAGES_MAX; page += 1) {
      const { result, total_pages: pages } = await ask(page);
      all.push(...result);
      if (page >= pages) return all;
    }
    throw new LedgerAnswerError('a list without an end');
  }
}

function decode<T extends z.ZodType>(answer: Buffer, schema: T): z.output<T> {
  const parsed = schema.safeParse(parseExactJson(answer.toString('utf8')));
  if (parsed.success) return parsed.data;
  throw new LedgerAnswerError(`the answer is not of the documented shape: ${z.prettifyError(parsed.error)}`);
}

async function nullWhen<T>([codespace, code]: [string, number], answer: Promise<T>): Promise<T | null> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof LedgerRefusedError && error.code === code && error.codespace === codespace) return null;
    throw error;
  }
}
