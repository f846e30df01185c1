/** Groups of operations, in the order of the documentation. A group that is not here fails the test of the document. */
export const TAGS: Readonly<Record<string, string>> = {
  Tenants: 'Customers of the gateway. Everything else belongs to one.',
  Plans: 'What tenants may do beside their stakes, and what relays cost.',
  Billing: 'What the relays of a period cost: drafts that the usage feed alone gives again.',
  Members: 'People of a tenant and their roles.',
  'Sign-in':
    'Who the caller is, and the built-in issuer: sessions for people where no other identity provider signs them in.',
  Applications:
    'On-chain accounts whose staked POKT buys relays. A managed application’s key is made and sealed here; a ready-made one is an AAT that its owner signed.',
  'Endpoints and keys':
    'What a tenant’s URL leads to, the rules that requests must satisfy, and the API keys that open it. Changes reach every gateway within a second.',
  Usage:
    'Relays by day, hour and dimension as JSON, NDJSON or CSV, a replayable feed of CloudEvents, and the reconciliation of a day.',
  Alerts:
    'Thresholds of daily limits, reported once a day each by signed webhook and e-mail, with a log of every attempt.',
  Operations:
    'What gateways see of nodes and sessions now, and what operators do about it: close nodes, change settings, retry jobs, tell callers.',
  Requests: 'Why one request was refused, or where it went, by its id.',
  Network: 'The Pocket network behind the gateways, and the chains that they relay to.',
  'Service tokens': 'Credentials with scopes and an end, for jobs and scripts.',
  'Audit log': 'Who changed what: one entry per change, never edited, chained by hashes.',
  System: 'Liveness, readiness, and what each problem code means.',
};
