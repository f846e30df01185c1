export { type IssuedKey, type ParsedKey, base62Text, hashSecret, issueKey, parseKey } from './api-key.js';
export {
  ApplicationDirectory,
  type DirectoryApplication,
  type StakeState,
  type StakeSync,
} from './applications/application-directory.js';
export * from './entities/index.js';
export { RecordSealer, UnsealError, applicationKeyContext } from './record-sealer.js';
export { type ApplicationSnapshot, type EndpointSnapshot, dailyRelaysMax } from './snapshot/endpoint-snapshot.js';
export { SnapshotStore, type SnapshotStats, type SnapshotStoreOptions } from './snapshot/snapshot-store.js';
export { uuidV7 } from './uuid-v7.js';
