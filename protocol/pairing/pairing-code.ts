/**
 * The code that two people read to each other: six symbols, of which the first two say where to meet (the nameplate)
 * and the last four are the secret (docs/protocol.md, "Pairing"). Nothing but the nameplate ever leaves the machine.
 */
import type { RandomBytes } from '../random-bytes.ts';

/**
 * 28 digits and letters, none of which looks like another: 0, 1, B, I, O, S, U and Z are left out. Four of them are
 * 614,656 secrets, of which one offer lets an attacker try three.
 */
export const CODE_ALPHABET = '23456789ACDEFGHJKLMNPQRTVWXY';
const NAMEPLATE_SYMBOLS = 2;
const SECRET_SYMBOLS = 4;
const CODE_SYMBOLS: number = NAMEPLATE_SYMBOLS + SECRET_SYMBOLS;
/** What people type for a symbol that they misread. */
const MISREAD: Readonly<Record<string, string>> = {
  '1': 'L',
  B: '8',
  I: 'L',
  S: '5',
  U: 'V',
  Z: '2',
};
/** Longest text that is looked at: a code with a separator around each symbol. */
const CODE_TEXT_LENGTH_MAX = 32;
const SEPARATORS = /[\s._-]/g;
/** Bytes from here on are thrown away, so that every symbol is as likely as the next. */
const FAIR_BYTES: number = Math.floor(256 / CODE_ALPHABET.length) * CODE_ALPHABET.length;

export type PairingCode = {
  /** Known to whoever helps the two sides to meet. */
  readonly nameplate: string;
  /** Known to the two people only. */
  readonly secret: string;
};

/** A new code. */
export function createPairingCode(random: RandomBytes): PairingCode {
  let symbols = '';
  while (symbols.length < CODE_SYMBOLS) {
    const byte = random(1)[0]!;
    if (byte < FAIR_BYTES) symbols += CODE_ALPHABET[byte % CODE_ALPHABET.length]!;
  }
  return split(symbols);
}

export function formatPairingCode({ nameplate, secret }: PairingCode): string {
  return nameplate + secret;
}

/** Reads what somebody typed: case and separators do not matter. Undefined for what cannot be a code. */
export function parsePairingCode(text: string): PairingCode | undefined {
  if (text.length > CODE_TEXT_LENGTH_MAX) return undefined;
  const symbols = text
    .replace(SEPARATORS, '')
    .toUpperCase()
    .replace(/[1BISUZ]/g, (symbol) => MISREAD[symbol] ?? symbol);
  if (symbols.length !== CODE_SYMBOLS || !isOfAlphabet(symbols)) return undefined;
  return split(symbols);
}

/** Whether a peer may mean this text as a nameplate. */
export function isNameplate(text: string): boolean {
  return text.length === NAMEPLATE_SYMBOLS && isOfAlphabet(text);
}

function isOfAlphabet(text: string): boolean {
  return Array.from(text).every((symbol) => CODE_ALPHABET.includes(symbol));
}

function split(symbols: string): PairingCode {
  return {
    nameplate: symbols.slice(0, NAMEPLATE_SYMBOLS),
    secret: symbols.slice(NAMEPLATE_SYMBOLS),
  };
}
