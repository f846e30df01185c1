/**
 * A contract small enough to read as bytes, so that the tests need no compiler: it keeps the first 32 bytes of its call data
 * in slot 0, logs them under topic 42 and returns them.
 */
export const ECHO = {
  topic: `0x${'2a'.padStart(64, '0')}`,
  bytecode: [
    '0x6019600c60003960196000f3', // constructor: return the 25 bytes that follow
    '60206000600037', // calldatacopy(0, 0, 32)
    '600051600055', // sstore(0, mload(0))
    '602a60206000a1', // log1(0, 32, 42)
    '60206000f3', // return(0, 32)
  ].join(''),
  abi: [] as const,
} as const;

/** `n` as the contract's call data. */
export function word(n: number): `0x${string}` {
  return `0x${n.toString(16).padStart(64, '0')}`;
}
