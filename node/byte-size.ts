/** Sizes as people write them in settings: `500 GiB`, `2TB`, `1048576`. */

const UNITS: Readonly<Record<string, number>> = {
  '': 1,
  B: 1,
  KB: 1e3,
  MB: 1e6,
  GB: 1e9,
  TB: 1e12,
  KIB: 2 ** 10,
  MIB: 2 ** 20,
  GIB: 2 ** 30,
  TIB: 2 ** 40,
};

const SIZE = /^(\d{1,15}(?:\.\d{1,3})?) ?([KMGT]?I?B?)$/i;

/** Whole bytes, or undefined for anything that is no size or beyond 2^53 - 1. */
export function parseByteSize(value: unknown): number | undefined {
  if (typeof value === 'number')
    return Number.isSafeInteger(value) && value >= 0 ? value : undefined;
  if (typeof value !== 'string') return undefined;
  const [, digits, unit] = SIZE.exec(value) ?? [];
  const factor = unit === undefined ? undefined : UNITS[unit.toUpperCase()];
  if (digits === undefined || factor === undefined) return undefined;
  const bytes = Math.round(Number(digits) * factor);
  return Number.isSafeInteger(bytes) ? bytes : undefined;
}

/** `1.50 GiB`, for messages. */
export function formatByteSize(bytes: number): string {
  const steps = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  const step = bytes < 1 ? 0 : Math.min(Math.floor(Math.log2(bytes) / 10), steps.length - 1);
  return step === 0 ? `${bytes} B` : `${(bytes / 2 ** (10 * step)).toFixed(2)} ${steps[step]}`;
}
