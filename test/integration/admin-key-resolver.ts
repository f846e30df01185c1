import { SnapshotStore } from '#libs/tenancy';
import { keyPairFromPrivateKey } from '#libs/protocol';
import type { AdminConfig } from '../../apps/admin/src/config.js';

/** What a gateway beside the admin API knows of a key. */
export async function createKeyResolver(config: AdminConfig) {
  const store = new SnapshotStore({ url: config.DATABASE_URL, pepper: config.API_KEY_PEPPER });
  await store.start();
  return {
    resolve: async (key: string) => store.resolve(key),
    treasuryAddress: keyPairFromPrivateKey(config.TREASURY_PRIVATE_KEY).addressHex,
    stop: () => store.stop(),
  };
}
