/**
 * What a stored name may be, decided by one function, the same on every platform (docs/store-format.md, "Names and
 * paths"). A name that one system would read as something else (another folder, a device, this project's own folder) is
 * refused everywhere, so that a repository made on one machine can be checked out on every other.
 */
import { StoreError } from '../store-error.ts';
import { quoteForMessage } from './printable.ts';

/** Bytes of UTF-8 in one name: what ext4, APFS, NTFS (in effect) and ZFS can hold. */
export const NAME_SIZE_MAX_BYTES = 255;
/** Bytes of UTF-8 in a whole path: Linux's PATH_MAX, and a bound on how deep folders nest. */
export const PATH_SIZE_MAX_BYTES = 4096;
/** The folder that holds the store in a working tree; no stored name may be read as it. */
export const STORE_DIRECTORY_NAME = '.dits';

const LONE_SURROGATE = /\p{Surrogate}/u;
/** C0, DEL and C1 controls: NUL ends a path, CR and LF forge lines, ESC and CSI drive terminals. */
const CONTROL = /\p{Cc}/u;
/** Printable ASCII without what any rule below looks at: by far the most names, decided by one test. */
const PLAIN_NAME = /^[0-9A-Za-z_][0-9A-Za-z_-]*(?:\.[0-9A-Za-z_-]+)*$/;
/** Names that Windows takes for a device, before any extension (Microsoft, "Naming Files, Paths, and Namespaces"). */
const WINDOWS_DEVICE = /^(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])$/i;
/** Code points that file systems or Unicode comparison skip (git CVE-2014-9390). */
const IGNORABLE = /\p{Default_Ignorable_Code_Point}/gu;
/** What HFS+ skips when it compares names (Apple TN1150, "Unicode Subtleties"). */
const HFS_IGNORED = /[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]/g;
/** Short names NTFS gives to ".dits": DITS~1 and so on, then DI, four digits of a hash, ~1. */
const NTFS_SHORT_NAME = /^(?:dits~[0-9]+|di[0-9a-f]{4}~[0-9]+)$/;
const ASCII = /^[\x20-\x7e]*$/;

/** Why `name` is refused, or undefined when it may be stored. */
export function nameProblem(name: string): string | undefined {
  if (name.length <= NAME_SIZE_MAX_BYTES && PLAIN_NAME.test(name) && name.length > 6) {
    // Longer than any device name: only what stands before an extension can still be one.
    return deviceProblem(name);
  }
  return shapeProblem(name) ?? deviceProblem(name) ?? disguiseProblem(name);
}

/** Of ASCII: 1 what a plain name may hold anywhere, 2 what only inside it, 3 a dot, 0 all the rest. */
const PLAIN_CLASS: Uint8Array = Uint8Array.from({ length: 256 }, (_, code) => {
  const character = String.fromCharCode(code);
  if (/[0-9A-Za-z_]/.test(character)) return 1;
  if (character === '-') return 2;
  return character === '.' ? 3 : 0;
});
/** Longest name of a device that has letters and digits alone: COM1. */
const PLAIN_DEVICE_LENGTH_MAX = 4;

/**
 * Whether the name at `start` to `end` of `bytes` is one that `nameProblem` has no objection to, told without making a text
 * of it; false does not say that it has one.
 */
export function isPlainName(bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start > NAME_SIZE_MAX_BYTES || start === end || PLAIN_CLASS[bytes[start]!] !== 1) {
    return false;
  }
  let before = 1;
  let stemEnd = end;
  for (let at = start + 1; at < end; at++) {
    const kind = PLAIN_CLASS[bytes[at]!]!;
    if (kind === 0 || (kind === 3 && before === 3)) return false;
    if (kind === 3 && stemEnd === end) stemEnd = at;
    before = kind;
  }
  return before !== 3 && stemEnd - start > PLAIN_DEVICE_LENGTH_MAX;
}

function shapeProblem(name: string): string | undefined {
  if (name === '') return 'is empty';
  if (name === '.' || name === '..') return 'is a relative folder';
  if (LONE_SURROGATE.test(name)) return 'is not valid Unicode';
  if (CONTROL.test(name)) return 'has a control character';
  if (name.includes('/')) return 'has a slash';
  if (name.includes('\\')) return 'has a backslash, which separates folders on Windows';
  if (name.includes(':')) return 'has a colon, which names a drive or stream on Windows';
  if (/[. ]$/.test(name)) return 'ends in a dot or space, which Windows drops';
  if (name !== name.normalize('NFC')) return 'is not in Unicode form NFC';
  if (Buffer.byteLength(name) > NAME_SIZE_MAX_BYTES) {
    return `is longer than ${NAME_SIZE_MAX_BYTES} bytes`;
  }
  return undefined;
}

function deviceProblem(name: string): string | undefined {
  const dot = name.indexOf('.');
  const stem = (dot === -1 ? name : name.slice(0, dot)).trimEnd();
  return WINDOWS_DEVICE.test(stem) ? 'is the name of a device on Windows' : undefined;
}

function disguiseProblem(name: string): string | undefined {
  const visible = name.replace(IGNORABLE, '').normalize('NFKC');
  const bare = fold(visible).replace(/[. ]+$/, '');
  if (bare === '') return 'is invisible or a relative folder to some file systems';
  if (bare === STORE_DIRECTORY_NAME || NTFS_SHORT_NAME.test(bare)) {
    return `is read as ${STORE_DIRECTORY_NAME} by some file systems`;
  }
  return undefined;
}

/** Upper case first: it takes the long s to S and sharp s to SS, as APFS does when it compares. */
function fold(text: string): string {
  return text.toUpperCase().toLowerCase();
}

/** The name in the form in which it is stored (NFC). Decides nothing: `checkName` does. */
export function normalizeName(name: string): string {
  return ASCII.test(name) ? name : name.normalize('NFC');
}

/** Two names with the same key are one file on some file system: they differ in case or Unicode form only. */
export function foldName(name: string): string {
  if (ASCII.test(name)) return name.toLowerCase();
  return fold(name.replace(HFS_IGNORED, '').normalize('NFD')).normalize('NFC');
}

/**
 * Accepts one path component.
 * @throws StoreError DITS_STORE_UNSAFE_PATH (details.path, escaped; details.reason)
 */
export function checkName(name: string): void {
  const problem = nameProblem(name);
  if (problem !== undefined) throw unsafePath(name, problem);
}

/**
 * Accepts a relative path with `/` between its components.
 * @throws StoreError DITS_STORE_UNSAFE_PATH (details.path, escaped; details.reason)
 */
export function checkPath(path: string): void {
  splitPath(path);
}

/** The checked components of a path. @throws as `checkPath` */
export function splitPath(path: string): readonly string[] {
  if (path === '') throw unsafePath(path, 'is empty');
  if (path.startsWith('/')) throw unsafePath(path, 'is absolute');
  // A UTF-16 unit is at least one byte of UTF-8, so this also bounds the work below.
  if (path.length > PATH_SIZE_MAX_BYTES || Buffer.byteLength(path) > PATH_SIZE_MAX_BYTES) {
    throw unsafePath(path, `is longer than ${PATH_SIZE_MAX_BYTES} bytes`);
  }
  const names = path.split('/');
  for (const name of names) {
    const problem = name === '' ? 'has an empty component' : nameProblem(name);
    if (problem === undefined) continue;
    throw unsafePath(path, names.length === 1 ? problem : `has a part that ${problem}`);
  }
  return names;
}

/** Two names of one folder that no file system must be asked to keep apart. */
export type NameTwins = { readonly first: string; readonly second: string };

/** The first pair of names that differ in case or Unicode form only, or undefined. */
export function findTwin(names: Iterable<string>): NameTwins | undefined {
  const seen = new Map<string, string>();
  for (const second of names) {
    const key = foldName(second);
    const first = seen.get(key);
    if (first !== undefined) return { first, second };
    seen.set(key, second);
  }
  return undefined;
}

/** The error for a refused name or path. */
export function unsafePath(path: string, reason: string): StoreError {
  const quoted = quoteForMessage(path);
  return new StoreError('DITS_STORE_UNSAFE_PATH', `refused path ${quoted}: it ${reason}`, {
    hint: 'rename it; see "Names and paths" in docs/store-format.md for what a name may be',
    details: { path: quoted.slice(1, -1), reason },
  });
}
