import { type LedgerApplication, LedgerUnreachableError, type LedgerPort, type LedgerTransaction } from '#libs/ledger';
import { GENESIS_PARAMETERS, addressOf, applicationMaxRelays, decodeTransaction } from '#libs/protocol';

const FEE_UPOKT = 10_000n;

/**
 * A ledger in memory whose blocks a test makes, with the faults a real network has: lost answers, outages, refusals.
 * It executes sends, application stakes and unstakes, and never the same transaction twice.
 */
export class ScriptedLedger {
  currentHeight = 5;
  readonly balances = new Map<string, bigint>();
  readonly applications = new Map<string, LedgerApplication>();
  /** Every executed transaction, in order. */
  readonly executed: LedgerTransaction[] = [];
  isUnreachable = false;
  /** Executes the next submission but loses its answer. */
  losesNextAnswer = false;
  /** Refuses application stakes with this text. */
  stakeRefusal: string | null = null;
  /** False: transactions wait until `produceBlock()`. */
  isAutomatic = true;
  private readonly mempool = new Map<string, Buffer>();

  readonly port: LedgerPort = {
    height: () => this.answer(() => this.currentHeight),
    parameters: () => this.answer(() => GENESIS_PARAMETERS),
    application: (address) => this.answer(() => this.applications.get(address) ?? null),
    balanceUpokt: (address) => this.answer(() => this.balances.get(address) ?? 0n),
    transaction: (hash) => this.answer(() => this.executed.find((entry) => entry.hash === hash.toUpperCase()) ?? null),
    submitTransaction: (_address, bytes) => this.answer(() => this.submit(Buffer.from(bytes))),
  } satisfies Partial<LedgerPort> as unknown as LedgerPort;

  /** Transactions of one kind that succeeded. */
  succeeded(type: string): number {
    return this.executed.filter((entry) => entry.code === 0 && decodeTransaction(entry.bytes).message.type === type)
      .length;
  }

  produceBlock(): void {
    this.currentHeight += 1;
    for (const [hash, bytes] of this.mempool) this.execute(hash, bytes);
    this.mempool.clear();
  }

  private answer<T>(value: () => T): Promise<T> {
    if (this.isUnreachable) return Promise.reject(new LedgerUnreachableError('scripted outage'));
    return Promise.resolve().then(value);
  }

  private submit(bytes: Buffer) {
    const { hashHex } = decodeTransaction(bytes);
    const hash = hashHex.toUpperCase();
    const refusal = { txHash: hash, code: 1, codespace: 'sdk', log: 'tx already exists in cache' };
    if (this.mempool.has(hash) || this.executed.some((entry) => entry.hash === hash)) return refusal;
    this.mempool.set(hash, bytes);
    if (this.isAutomatic) this.produceBlock();
    if (this.losesNextAnswer) {
      this.losesNextAnswer = false;
      throw new LedgerUnreachableError('scripted loss of an answer');
    }
    return { txHash: hash, code: 0, codespace: '', log: '' };
  }

  private execute(hash: string, bytes: Buffer): void {
    const failure = this.effect(bytes);
    this.executed.push({
      hash,
      height: this.currentHeight,
      index: 0,
      code: failure === null ? 0 : 115,
      codespace: failure === null ? '' : 'application',
      log: failure ?? '',
      bytes,
    });
  }

  private effect(bytes: Buffer): string | null {
    const { message, publicKeyHex: signerHex } = decodeTransaction(bytes);
    const fromAddressHex = addressOf(signerHex);
    if (message.type === 'pos/Send') {
      const { toAddressHex, amountUpokt } = message.value;
      this.pay(message.value.fromAddressHex, -amountUpokt - FEE_UPOKT);
      this.pay(toAddressHex, amountUpokt);
      return null;
    }
    if (message.type === 'apps/MsgAppStake') {
      const { publicKeyHex, chains, valueUpokt } = message.value;
      const addressHex = addressOf(publicKeyHex);
      const signer = this.applications.get(fromAddressHex);
      if (valueUpokt === 0n && chains.length === 0) {
        if (signer?.status !== 2 || this.applications.has(addressHex)) return 'no stake to move';
        this.pay(fromAddressHex, -FEE_UPOKT);
        this.applications.delete(fromAddressHex);
        this.applications.set(addressHex, { ...signer, addressHex, publicKeyHex });
        return null;
      }
      if (this.stakeRefusal !== null) return this.stakeRefusal;
      const present = this.applications.get(addressHex)?.stakedUpokt ?? 0n;
      if ((this.balances.get(addressHex) ?? 0n) < valueUpokt - present + FEE_UPOKT) return 'insufficient balance';
      this.pay(addressHex, present - valueUpokt - FEE_UPOKT);
      this.applications.set(addressHex, {
        addressHex,
        publicKeyHex,
        chains,
        jailed: false,
        maxRelays: applicationMaxRelays(valueUpokt, GENESIS_PARAMETERS),
        stakedUpokt: valueUpokt,
        status: 2,
        unstakingTime: '0001-01-01T00:00:00Z',
      });
      return null;
    }
    if (message.type === 'apps/MsgAppBeginUnstake') {
      const found = this.applications.get(message.value.applicationAddressHex);
      if (!found) return 'no such application';
      this.pay(found.addressHex, -FEE_UPOKT);
      this.applications.set(found.addressHex, { ...found, status: 1 });
      return null;
    }
    return `the scripted ledger does not know ${message.type}`;
  }

  private pay(addressHex: string, changeUpokt: bigint): void {
    this.balances.set(addressHex, (this.balances.get(addressHex) ?? 0n) + changeUpokt);
  }
}
