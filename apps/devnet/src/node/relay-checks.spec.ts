import { beforeEach, describe, expect, it } from 'vitest';
import { ProtocolError, makeAat } from '#libs/protocol';
import {
  type RelayDraft,
  type SmallLedger,
  applicationRecord,
  asLedger,
  signedRelay,
  smallLedger,
  testKey,
} from '../testing/small-network.js';
import { EvidenceStore } from './evidence.js';
import { NetworkView } from './network-view.js';
import { AatMemo, type RelayChecker, acceptRelay } from './relay-checks.js';

let ledger: SmallLedger;
let checker: RelayChecker;
let member: string;
let outsider: string;

async function nodeFor(publicKeyHex?: string, settings: Partial<RelayChecker> = {}): Promise<RelayChecker> {
  const view = await NetworkView.load(asLedger(ledger), settings.sessionAllowance ?? 0, null);
  const { members } = view.session(testKey(1).publicKeyHex, '0021');
  member = [...members][0] as string;
  outsider = ledger.nodes.find((node) => !members.has(node.publicKeyHex))?.publicKeyHex ?? '';
  return {
    view,
    publicKeyHex: publicKeyHex ?? member,
    evidence: new EvidenceStore(),
    hosts: (chain) => chain === '0021' || chain === '0040' || chain === 'zz',
    sessionAllowance: 0,
    blockAllowance: 10,
    ownHeight: view.height,
    verifiedAats: new AatMemo(),
    ...settings,
  };
}

function codeOf(draft: RelayDraft = {}, node: RelayChecker = checker, servicer = node.publicKeyHex): number {
  try {
    acceptRelay(signedRelay(servicer, draft), node);
    return 0;
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error;
    return error.code;
  }
}

beforeEach(async () => {
  ledger = smallLedger();
  checker = await nodeFor();
});

describe('acceptRelay', () => {
  it('accepts a right relay and keeps its proof', () => {
    const accepted = acceptRelay(signedRelay(member), checker);
    expect(accepted.evidence.count).toBe(1);
    expect(accepted.header).toEqual({ app_public_key: testKey(1).publicKeyHex, chain: '0021', session_height: 5 });
  });

  it('refuses in the order of a stock node: each fault hides the ones behind it', async () => {
    const stranger = testKey(9);
    const draft = {
      proof: {
        session_block_height: 1,
        blockchain: '0099',
        request_hash: 'zz',
        servicer_pub_key: 'zz',
        entropy: -1n,
        signature: 'zz',
      },
      payload: { data: '' },
      blockHeight: 100,
      aat: { ...makeAat(stranger, stranger.publicKeyHex), version: '' },
    };
    expect(codeOf(draft)).toBe(60);
    draft.proof.session_block_height = 5;
    expect(codeOf(draft)).toBe(25);
    draft.payload.data = 'x';
    expect(codeOf(draft)).toBe(75);
    draft.blockHeight = 15;
    expect(codeOf(draft)).toBe(74);
    const { request_hash: _wrong, ...hashed } = draft.proof;
    const right = { ...draft, proof: hashed };
    expect(codeOf(right)).toBe(26);
    right.proof.blockchain = '0040';
    expect(codeOf(right)).toBe(45);
    right.aat = { ...makeAat(testKey(1), testKey(2).publicKeyHex), version: '' };
    ledger.applications = [
      applicationRecord(
        testKey(1),
        1_000n,
        Array.from({ length: 16 }, (_, index) => `00${10 + index}`),
      ),
    ];
    expect(codeOf(right, await nodeFor())).toBe(91);
    ledger.applications = [applicationRecord(testKey(1), 0n, ['0021'])];
    expect(codeOf(right, await nodeFor())).toBe(71);
    ledger.applications = [applicationRecord(testKey(1), 1_000n, ['0021'])];
    expect(codeOf(right)).toBe(6);
    expect(codeOf({ ...right, proof: { ...right.proof, servicer_pub_key: 'aa' } })).toBe(42);
    right.proof.servicer_pub_key = outsider;
    right.proof.blockchain = 'zz';
    expect(codeOf(right)).toBe(52);
    right.proof.blockchain = '0040';
    expect(codeOf(right)).toBe(29);
    right.proof.entropy = 1n;
    expect(codeOf(right)).toBe(4);
    right.aat = makeAat(testKey(1), testKey(2).publicKeyHex);
    expect(codeOf(right)).toBe(39);
    right.proof.signature = 'aa';
    expect(codeOf(right)).toBe(38);
    right.proof.signature = 'aa'.repeat(64);
    expect(codeOf(right)).toBe(41);
    const { signature: _bad, ...signed } = right.proof;
    const whole = { ...right, proof: signed };
    expect(codeOf(whole)).toBe(34);
    const { servicer_pub_key: _other, ...mine } = signed;
    const last = { ...whole, proof: mine };
    expect(codeOf(last)).toBe(13);
    last.proof.blockchain = '0021';
    expect(codeOf(last)).toBe(0);
  });

  it('refuses a relay to a node outside of the session with 14', async () => {
    expect(codeOf({}, await nodeFor(outsider))).toBe(14);
  });

  it('refuses with 17 when the chain has too few nodes', async () => {
    ledger.applications = [applicationRecord(testKey(1), 1_000n, ['0021', '0040'])];
    expect(codeOf({ proof: { blockchain: '0040' } }, await nodeFor())).toBe(17);
  });

  it('refuses a repeated proof with 37 and takes the same request with another entropy', () => {
    expect([codeOf(), codeOf(), codeOf({ proof: { entropy: 2n } })]).toEqual([0, 37, 0]);
  });

  it('serves the allowance to the last relay and then answers 90', async () => {
    ledger.applications = [applicationRecord(testKey(1), 15n, ['0021'])];
    const node = await nodeFor();
    const codes = [1n, 2n, 3n, 4n, 3n].map((entropy) => codeOf({ proof: { entropy } }, node));
    expect(codes).toEqual([0, 0, 0, 90, 90]);
  });

  it('stores nothing for a refused relay', () => {
    codeOf({ signer: testKey(9) });
    expect(checker.evidence.dump()).toEqual([]);
  });

  it('serves the last block of a session and not the first of the next', async () => {
    ledger.height = 8;
    expect(codeOf({ blockHeight: 8 }, await nodeFor())).toBe(0);
    ledger.height = 9;
    expect(codeOf({ blockHeight: 9 }, await nodeFor(member))).toBe(60);
  });

  it('serves an ended session within the session allowance', async () => {
    ledger.height = 9;
    const node = await nodeFor(undefined, { sessionAllowance: 1 });
    const old = node.view.session(testKey(1).publicKeyHex, '0021', 5);
    const servicer = [...old.members][0] as string;
    const settings = { ...node, publicKeyHex: servicer };
    expect(codeOf({ blockHeight: 9 }, settings)).toBe(0);
    expect(codeOf({ blockHeight: 9, proof: { session_block_height: 1 } }, settings)).toBe(60);
    expect(codeOf({ blockHeight: 9, proof: { session_block_height: 7 } }, settings)).toBe(60);
    expect(codeOf({ blockHeight: 9, proof: { session_block_height: 13 } }, settings)).toBe(60);
  });

  it('replaces a node that was jailed in the session', async () => {
    ledger.nodes = ledger.nodes.map((node) => (node.publicKeyHex === member ? { ...node, jailed: true } : node));
    const jailed = member;
    const node = await nodeFor(jailed);
    expect(node.view.session(testKey(1).publicKeyHex, '0021').members.has(jailed)).toBe(false);
    expect(codeOf({}, node)).toBe(14);
  });
});

describe('EvidenceStore', () => {
  it('restores what it dumped', () => {
    acceptRelay(signedRelay(member), checker);
    const restored = new EvidenceStore();
    restored.restore(checker.evidence.dump());
    expect(codeOf({}, { ...checker, evidence: restored })).toBe(37);
    expect(codeOf({ proof: { entropy: 7n } }, { ...checker, evidence: restored })).toBe(0);
  });

  it('forgets sessions before a height', () => {
    acceptRelay(signedRelay(member), checker);
    checker.evidence.forgetBefore(5);
    expect(checker.evidence.dump()).toHaveLength(1);
    checker.evidence.forgetBefore(6);
    expect(checker.evidence.dump()).toHaveLength(0);
  });
});
