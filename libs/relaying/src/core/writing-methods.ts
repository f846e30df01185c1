const WRITING =
  /send(raw|private|bundle|user|signed)?(transaction|operation|bundle)|^broadcast_tx|^send_tx|^sendbundle|executetransactionblock|addinvoketransaction|adddeclaretransaction|adddeploy|sendrawtransaction|submit(block|transaction|work)|^(evm|anvil|hardhat|tenderly|miner|personal|admin)_/i;

/**
 * Calls that change something. Once a node may have run such a call it is never sent to another: the second answer
 * would be "already known" or "nonce too low", and the caller would take a transaction that went through for a failed one.
 */
export function isWritingMethod(method: string): boolean {
  return WRITING.test(method);
}
