import type { LocalLedger } from '#libs/ledger';
import { BASE_FEE_UPOKT, type KeyPair, signTransaction } from '#libs/protocol';
import type { Logger } from '#libs/telemetry';

/**
 * Edits the stake of every node whose address is not the staked one any more, as an operator does who moves a node:
 * clients see the new address from the next session on. Returns how many moved.
 */
export async function announceMovedNodes(
  ledger: LocalLedger,
  nodes: ReadonlyArray<{ readonly key: KeyPair; readonly serviceUrl: string }>,
  logger: Logger,
): Promise<number> {
  const height = await ledger.height();
  let moved = 0;
  for (const { key, serviceUrl } of nodes) {
    const staked = await ledger.node(key.addressHex);
    if (staked === null || staked.serviceUrl === serviceUrl) continue;
    const { bytes } = signTransaction({
      message: {
        type: 'pos/MsgStake',
        value: {
          publicKeyHex: key.publicKeyHex,
          chains: [...staked.chains],
          valueUpokt: staked.stakedUpokt,
          serviceUrl,
          outputAddressHex: staked.outputAddressHex === '' ? null : staked.outputAddressHex,
          ...(staked.settlerPublicKeyHex === null ? {} : { settlerPublicKeyHex: staked.settlerPublicKeyHex }),
          ...(staked.rewardDelegators === null ? {} : { rewardDelegators: staked.rewardDelegators }),
        },
      },
      chainId: ledger.chainId,
      feeUpokt: BASE_FEE_UPOKT,
      memo: '',
      // The height makes a later move back another transaction than the first.
      entropy: BigInt(height),
      signer: key,
    });
    const { code, log } = await ledger.submit(bytes);
    if (code === 0) moved += 1;
    else logger.warn({ address: key.addressHex, serviceUrl, code, log }, 'a node could not announce its new address');
  }
  if (moved > 0)
    logger.info({ nodes: moved }, 'nodes announced their new addresses; sessions carry them from the next one on');
  return moved;
}
