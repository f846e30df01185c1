import { assertType, expectTypeOf, it } from 'vitest';
import {
  type Aat,
  type Claim,
  decodeRelayAnswer,
  drawSessionNodes,
  makeAat,
  maxPossibleRelays,
  type ProtocolParameters,
  type RelayAnswer,
  type RelayProof,
  requestHashHex,
  type TransactionMessage,
  verifyMerkleProof,
} from './index.js';

it('types keep 64-bit quantities exact and answers discriminated', () => {
  expectTypeOf<RelayProof['entropy']>().toEqualTypeOf<bigint>();
  expectTypeOf<Claim['totalProofs']>().toEqualTypeOf<bigint>();
  expectTypeOf<ProtocolParameters['relaysToTokensMultiplier']>().toEqualTypeOf<bigint>();
  expectTypeOf(maxPossibleRelays).returns.toEqualTypeOf<bigint>();
  expectTypeOf(makeAat).returns.toEqualTypeOf<Aat>();
  expectTypeOf(requestHashHex).parameter(1).toEqualTypeOf<number>();
  expectTypeOf(verifyMerkleProof).returns.toEqualTypeOf<'valid' | 'invalid' | 'replay'>();
  expectTypeOf(decodeRelayAnswer).returns.toEqualTypeOf<RelayAnswer>();
  expectTypeOf<RelayAnswer['kind']>().toEqualTypeOf<'success' | 'refused' | 'malformed'>();
  expectTypeOf<Extract<TransactionMessage, { type: 'pocketcore/claim' }>['value']>().toEqualTypeOf<Claim>();
});

it('a draw returns what it was given, and AATs cannot be changed in place', () => {
  const drawn = drawSessionNodes({ sessionKeyHex: '', candidates: [{ id: 1 }], count: 1, isEligible: () => true });
  expectTypeOf(drawn).toEqualTypeOf<{ id: number }[]>();
  const aat = {} as Aat;
  // @ts-expect-error fields of a token are readonly
  aat.signature = '';
  // @ts-expect-error entropy is a bigint: a number could have been rounded
  assertType<RelayProof>({ ...({} as RelayProof), entropy: 1 });
});
