import type { LedgerPort } from '#libs/ledger';
import type { SessionSource } from '#libs/relaying';

/** The ledger as the session book asks it. */
export function sessionSource(
  ledger: Pick<LedgerPort, 'height' | 'dispatch' | 'application' | 'parameters'>,
): SessionSource & { height(): Promise<number> } {
  return {
    height: () => ledger.height(),
    dispatch: (appPublicKeyHex, chain) => ledger.dispatch(appPublicKeyHex, chain),
    application: (addressHex, height) => ledger.application(addressHex, height),
    parameters: async (height) => {
      const parameters = await ledger.parameters(height);
      return {
        blocksPerSession: Number(parameters.blocksPerSession),
        sessionNodeCount: Number(parameters.sessionNodeCount),
        minimumNumberOfProofs: Number(parameters.minimumNumberOfProofs),
      };
    },
  };
}
