/** Durations as scripts for long runs take them. */

const UNIT_MS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000 };

/** `90s`, `30m` or `8h` in milliseconds. @throws Error for anything else */
export function parseDuration(text: string): number {
  const [, count, unit = ''] = /^(\d+)([smh])$/.exec(text) ?? [];
  if (count === undefined) throw new Error(`"${text}" is no duration: write 90s, 30m or 8h`);
  return Number(count) * UNIT_MS[unit]!;
}
