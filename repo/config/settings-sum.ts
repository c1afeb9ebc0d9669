/** The first line of a settings file that dits has written: a comment by which damage to the rest is noticed. */
import { activeHash } from '../../store/index.ts';

const SUM_BYTES = 8;
/** A comment of TOML; files written by hand or by older versions have none. */
const HEADER = /^# checksum of the lines below, kept by dits: ([0-9a-f]{16})\n/;

/** The text with its checksum in front. */
export function withSum(text: string): string {
  return `# checksum of the lines below, kept by dits: ${sumOf(Buffer.from(text))}\n${text}`;
}

/** The text without the line of the checksum, whether that is right or not. */
export function withoutSum(text: string): string {
  return text.replace(HEADER, '');
}

/** What a settings file's checksum says of it: `unknown` when it has none. */
export type SumState = 'whole' | 'different' | 'unknown';

export function sumState(bytes: Buffer): SumState {
  // The header alone, and as bytes: what follows may be anything.
  const header = HEADER.exec(bytes.toString('latin1', 0, HEADER_MAX_BYTES));
  if (header === null) return 'unknown';
  return sumOf(bytes.subarray(header[0].length)) === header[1] ? 'whole' : 'different';
}

const HEADER_MAX_BYTES = 100;

function sumOf(bytes: Buffer): string {
  return activeHash.hash(bytes).toString('hex', 0, SUM_BYTES);
}
