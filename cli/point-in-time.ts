/** Times that somebody types: a moment, or how long from now. */
import { usageError } from './cli-error.ts';

const SECOND_MS = 1_000;
const UNIT_MS: Readonly<Record<string, number>> = {
  s: SECOND_MS,
  m: 60 * SECOND_MS,
  h: 3_600 * SECOND_MS,
  d: 86_400 * SECOND_MS,
  w: 7 * 86_400 * SECOND_MS,
};
const SPAN = /^(\d{1,6})([smhdw])$/;
/** A date, or a date and time with its zone (RFC 3339). */
const MOMENT = /^\d{4}-\d\d-\d\d(?:[Tt ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:[Zz]|[+-]\d\d:\d\d))?$/;

/** How long `30m`, `12h` or `7d` is, in milliseconds; undefined for another text. */
function parseSpan(text: string): number | undefined {
  const [, count, unit = ''] = SPAN.exec(text) ?? [];
  const unitMs = UNIT_MS[unit];
  return unitMs === undefined ? undefined : Number(count) * unitMs;
}

/**
 * The moment of an option's value: `2027-01-31`, `2027-01-31T18:00:00Z`, or a time from now such as `12h`.
 * @throws CliError DITS_CLI_USAGE for another text, and for a moment that is over
 */
export function parsePointInTime(text: string, option: string, now: Date): Date {
  const span = parseSpan(text);
  const momentMs = MOMENT.test(text) ? Date.parse(text) : NaN;
  const timeMs = span === undefined ? momentMs : now.getTime() + span;
  if (Number.isNaN(timeMs)) {
    throw usageError(
      `--${option} takes a time from now such as 12h or 7d, or one such as 2027-01-31T18:00:00Z, not ${text}`,
    );
  }
  if (timeMs <= now.getTime()) throw usageError(`--${option} ${text} is over already`);
  return new Date(timeMs);
}
