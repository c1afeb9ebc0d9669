/** The one order of names and paths: by the bytes of their UTF-8, folder by folder (docs/store-format.md, "Tree"). */

const SLASH = 0x2f;

/**
 * A UTF-16 unit moved so that units compare as the UTF-8 of their code points does: surrogates, which stand for the code
 * points above U+FFFF, go behind U+E000 to U+FFFF.
 */
function orderKey(unit: number): number {
  if (unit < 0xd800) return unit;
  return unit < 0xe000 ? unit + 0x2000 : unit - 0x800;
}

/** Negative, zero or positive: `a` before, equal to, or after `b` in the byte order of UTF-8. */
export function compareNames(a: string, b: string): number {
  const shared = Math.min(a.length, b.length);
  for (let at = 0; at < shared; at++) {
    const left = a.charCodeAt(at);
    const right = b.charCodeAt(at);
    if (left !== right) return orderKey(left) - orderKey(right);
  }
  return a.length - b.length;
}

/** The order in which a tree is walked: names folder by folder, so that `a/b` comes before `a.txt`. */
export function comparePaths(a: string, b: string): number {
  const shared = Math.min(a.length, b.length);
  for (let at = 0; at < shared; at++) {
    const left = a.charCodeAt(at);
    const right = b.charCodeAt(at);
    if (left === right) continue;
    if (left === SLASH) return -1;
    if (right === SLASH) return 1;
    return orderKey(left) - orderKey(right);
  }
  return a.length - b.length;
}
