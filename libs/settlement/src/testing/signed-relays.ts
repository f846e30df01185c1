import {
  type KeyPair,
  createRelayFactory,
  generateKeyPair,
  makeAat,
  relayResponseHash,
  signBytes,
} from '#libs/protocol';
import type { Receipt, SessionRef } from '#libs/receipts';

/** One application, its gateway's client key and how its relays are made; the keys are real and every signature verifies. */
export interface RelayMaker {
  readonly application: KeyPair;
  readonly client: KeyPair;
  readonly applicationId: string;
  session(chain: string, sessionHeight: number): SessionRef;
  /** A receipt of a relay that `node` served; distinct with each call. */
  receipt(session: SessionRef, node: KeyPair, overrides?: Partial<Receipt>): Receipt;
}

const uuid = (number: number): string => `00000000-0000-4000-8000-${number.toString(16).padStart(12, '0')}`;

/** Makes receipts of real relays: signed by the client, answered and signed by the node. */
export function relayMaker(number = 1): RelayMaker {
  const application = generateKeyPair();
  const client = generateKeyPair();
  const aat = makeAat(application, client.publicKeyHex);
  const factories = new Map<string, ReturnType<typeof createRelayFactory>>();
  let relays = 0;
  return {
    application,
    client,
    applicationId: uuid(number),
    session: (chain, sessionHeight) => ({
      applicationPublicKeyHex: application.publicKeyHex,
      chain,
      sessionHeight,
      aat,
    }),
    receipt: (session, node, overrides = {}) => {
      relays += 1;
      const key = `${session.chain}/${session.sessionHeight}/${node.publicKeyHex}`;
      let factory = factories.get(key);
      if (factory === undefined) {
        factory = createRelayFactory({
          aat,
          chain: session.chain,
          sessionHeight: session.sessionHeight,
          servicerPublicKeyHex: node.publicKeyHex,
        });
        factories.set(key, factory);
      }
      const entropy = BigInt(relays) * 7_919n + BigInt(number);
      const payload = { data: `{"id":${relays}}`, method: 'POST', path: '', headers: null };
      const draft = factory.draft(payload, session.sessionHeight, entropy);
      const responseHash = relayResponseHash(`{"result":${relays}}`, draft.proofHash.toString('hex'));
      return {
        requestId: relays.toString(16).padStart(32, '0'),
        tenantId: uuid(1_000 + number),
        endpointId: uuid(2_000 + number),
        keyId: uuid(3_000 + number),
        applicationId: uuid(number),
        chain: 'eth-mainnet',
        method: 'eth_call',
        day: '2026-11-21',
        answeredAtMs: 1_795_219_200_000 + relays,
        durationUs: 900,
        bytesIn: 100,
        bytesOut: 200,
        purpose: 'client',
        billable: true,
        rpcError: false,
        session,
        nodePublicKeyHex: node.publicKeyHex,
        entropy,
        requestHash: Buffer.from(draft.requestHashHex, 'hex'),
        clientSignature: signBytes(client, draft.proofHash),
        responseHash,
        responseHashEscaped: null,
        nodeSignature: signBytes(node, responseHash),
        verified: false,
        ...overrides,
      };
    },
  };
}

/** The receipt's relay with the node's signature replaced by a wrong one. */
export function withWrongSignature(receipt: Receipt): Receipt {
  const nodeSignature = Buffer.from(receipt.nodeSignature);
  nodeSignature[0] = nodeSignature[0]! ^ 1;
  return { ...receipt, nodeSignature };
}
