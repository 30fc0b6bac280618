/** 32 digits and letters that nobody takes for one another, read or heard (Crockford's base 32). */
const SYMBOLS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** Those that are taken for others all the same. */
const MEANT: Record<string, string> = { O: '0', I: '1', L: '1', U: 'V' };
const LEAST_NUMBER = 4;
/** Five bits each: 50 bits that nobody guesses. */
const PROOF = 10;

/** A code to be read aloud: the number of a voucher, and what proves it, as "0017-9XQ2M-P4R7T". */
export function writeCode(id: string, proof: string): string {
  const number = toSymbols(BigInt(id)).padStart(LEAST_NUMBER, SYMBOLS[0]);
  return `${number}-${proof.slice(0, PROOF / 2)}-${proof.slice(PROOF / 2)}`;
}

/** What somebody has typed as a code; case, spaces and dashes make no difference. `undefined`: it is none. */
export function readCode(typed: string): { id: string; proof: string } | undefined {
  const symbols = typed
    .toUpperCase()
    .replace(/[\s‐–—-]/g, '')
    .replace(/[OILU]/g, (letter) => MEANT[letter] as string);
  const [, number, proof] = /^([0-9A-HJKMNP-TV-Z]{4,11})([0-9A-HJKMNP-TV-Z]{10})$/.exec(symbols) ?? [];
  if (number === undefined || proof === undefined) return undefined;
  const id = [...number].reduce((sum, symbol) => sum * 32n + BigInt(SYMBOLS.indexOf(symbol)), 0n);
  return { id: String(id), proof };
}

/** The proof in a code, from what a key makes of its number. */
export function proofOf(bytes: Uint8Array): string {
  const bits = bytes.subarray(0, 8).reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);
  return toSymbols(bits).padStart(13, SYMBOLS[0]).slice(-PROOF);
}

function toSymbols(number: bigint): string {
  let [rest, text] = [number, ''];
  for (; rest > 0n; rest /= 32n) text = SYMBOLS[Number(rest % 32n)] + text;
  return text;
}
