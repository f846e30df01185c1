import { ProtocolError, PocketErrorCode, pocketError } from '#libs/protocol';

/** Errors of pocket-core's codespaces `sdk`, `application`, `pos`, `auth` and `gov`, with their codes. */
export const refuse = {
  internal: (reason: string): ProtocolError => new ProtocolError(1, `internal error: ${reason}`, 'sdk'),
  undecodable: (reason: string): ProtocolError => new ProtocolError(2, `error decoding transaction: ${reason}`, 'sdk'),
  unauthorized: (reason: string): ProtocolError => new ProtocolError(4, `unauthorized: ${reason}`, 'sdk'),
  unknownRequest: (reason: string): ProtocolError => new ProtocolError(6, `unknown request: ${reason}`, 'sdk'),
  invalidAddress: (reason: string): ProtocolError => new ProtocolError(7, `invalid address: ${reason}`, 'sdk'),
  insufficientCoins: (reason: string): ProtocolError => new ProtocolError(10, `insufficient coins: ${reason}`, 'sdk'),
  memoTooLarge: (charactersMax: number, characters: number): ProtocolError =>
    new ProtocolError(
      12,
      `maximum number of characters is ${charactersMax} but received ${characters} characters`,
      'sdk',
    ),
  insufficientFee: (requiredUpokt: bigint, offeredUpokt: bigint): ProtocolError =>
    new ProtocolError(14, `insufficient fee: got ${offeredUpokt}upokt, required ${requiredUpokt}upokt`, 'sdk'),
  duplicateTransaction: (hash: string): ProtocolError => new ProtocolError(6, `duplicate transaction: ${hash}`, 'auth'),

  application: {
    notFound: (): ProtocolError => application(101, 'application does not exist for that address'),
    notJailed: (): ProtocolError => application(105, 'application not jailed, cannot be unjailed'),
    status: (): ProtocolError => application(110, 'application status is not valid'),
    minimumStake: (): ProtocolError => application(111, "application isn't staking above the minimum"),
    notEnoughCoins: (): ProtocolError => application(112, 'application does not have enough coins in their account'),
    amount: (): ProtocolError => application(115, 'the amount to stake must be positive'),
    noChains: (): ProtocolError => application(116, 'validator must stake with hosted blockchains'),
    networkIdentifier: (id: string): ProtocolError =>
      application(117, `the applications network identifier is not valid: ${id}`),
    tooManyChains: (): ProtocolError => application(118, "can't stake for this many chains"),
    maximumApplications: (): ProtocolError =>
      application(119, 'the threshold for the amount of applications authorized is exceeded'),
    minimumEditStake: (): ProtocolError =>
      application(120, 'application must edit stake with a stake greater than or equal to current stake'),
  },

  pos: {
    notFound: (): ProtocolError => pos(101, 'validator does not exist for that address'),
    amount: (): ProtocolError => pos(102, 'amount must be > 0'),
    jailed: (): ProtocolError => pos(104, 'validator jailed'),
    notJailed: (): ProtocolError => pos(105, 'validator not jailed, cannot be unjailed'),
    badSend: (): ProtocolError => pos(109, 'the amount to send must be positive'),
    status: (): ProtocolError => pos(110, 'validator status is not valid'),
    minimumStake: (): ProtocolError => pos(111, "validator isn't staking above the minimum"),
    notEnoughCoins: (): ProtocolError => pos(112, 'validator does not have enough coins in their account'),
    noChains: (): ProtocolError => pos(115, 'validator must stake with hosted blockchains'),
    noServiceUrl: (): ProtocolError => pos(116, 'validator must stake with a serviceurl'),
    leaving: (): ProtocolError => pos(117, 'validator is currently waiting to unstake'),
    serviceUrl: (reason: string): ProtocolError => pos(118, `the service url is not valid: ${reason}`),
    networkIdentifier: (id: string): ProtocolError => pos(119, `the network Identifier is not valid: ${id}`),
    tooManyChains: (): ProtocolError => pos(120, "can't stake for this many chains"),
    minimumEditStake: (): ProtocolError =>
      pos(122, 'validator must edit stake with a stake greater than or equal to current stake'),
    unauthorizedSigner: (): ProtocolError => pos(125, 'the signer is neither the operator nor the output address'),
    outputAddressEdit: (): ProtocolError => pos(127, 'only the current output address may change the output address'),
    rewardDelegators: (reason: string): ProtocolError => pos(128, `invalid reward delegators: ${reason}`),
    rewardDelegatorEdit: (): ProtocolError => pos(129, 'only the operator may change the reward delegators'),
  },

  gov: {
    setting: (key: string, reason: string): ProtocolError =>
      new ProtocolError(2, `error setting parameter ${key}: ${reason}`, 'gov'),
    unauthorized: (owner: string, key: string): ProtocolError =>
      new ProtocolError(
        5,
        `the param change is unathorized: Account ${owner} does not have the permission to change param ${key}`,
        'gov',
      ),
    subspace: (key: string): ProtocolError => new ProtocolError(6, `the subspace ${key} cannot be found`, 'gov'),
    action: (action: string): ProtocolError => new ProtocolError(7, `unrecognized dao action: ${action}`, 'gov'),
    zeroAmount: (): ProtocolError => new ProtocolError(8, 'dao action value must not be zero: ', 'gov'),
  },
} as const;

function application(code: number, message: string): ProtocolError {
  return new ProtocolError(code, message, 'application');
}

function pos(code: number, message: string): ProtocolError {
  return new ProtocolError(code, message, 'pos');
}

/** A refusal whose effects stay: the transaction's result is the error, but what it wrote (a burn) is kept (facts 6.6). */
export class PunishedError extends Error {
  override readonly name = 'PunishedError';
  constructor(readonly refusal: ProtocolError) {
    super(refusal.message);
  }
}

export { PocketErrorCode, pocketError };
