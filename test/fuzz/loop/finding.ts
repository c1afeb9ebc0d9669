/** What the fuzzer found. */

export type FindingKind =
  /** An error that is not documented, or a property that does not hold. */
  | 'broken'
  /** More CPU time than an input may take. */
  | 'slow'
  /** More memory than an input may take. */
  | 'memory'
  /** The process ended. */
  | 'crash'
  /** Nothing came of it in all the time given. */
  | 'hang';

export type Finding = {
  readonly target: string;
  readonly kind: FindingKind;
  readonly what: string;
  /** Hexadecimal. */
  readonly input: string;
};

/** Findings that say the same but for numbers and quoted input are one. */
export function findingKey({ kind, what }: Finding): string {
  const lines = what.split('\n');
  const head = (lines[0] ?? '').replace(/".*"/g, '""').replace(/\d+/g, '0');
  const place = lines.find((line) => line.includes('/dist/') && !line.includes('/fuzz/')) ?? '';
  return `${kind} ${head.slice(0, 60)} ${place.trim()}`;
}
