/** What the target of a symbolic link may be, on its way in and on its way out. */
import { RepoError } from '../repo-error.ts';

/** Longest target: Linux's PATH_MAX, less the NUL that ends it. */
const TARGET_MAX_BYTES = 4095;

/** @throws RepoError DITS_REPO_UNSAFE_PATH */
export function checkTargetSize(path: string, size: number): void {
  if (size > 0 && size <= TARGET_MAX_BYTES) return;
  throw unsafeTarget(path, `has ${size} bytes`);
}

/**
 * Accepts the bytes of a target: a path that can be made again as it is. Where it leads is not judged, for links are
 * never followed.
 * @throws RepoError DITS_REPO_UNSAFE_PATH
 */
export function checkTarget(path: string, target: Uint8Array): void {
  checkTargetSize(path, target.length);
  const bytes = Buffer.from(target.buffer, target.byteOffset, target.byteLength);
  if (bytes.includes(0)) throw unsafeTarget(path, 'has a NUL');
  if (!Buffer.from(bytes.toString('utf8')).equals(bytes)) throw unsafeTarget(path, 'is not UTF-8');
}

function unsafeTarget(path: string, why: string): RepoError {
  return new RepoError('DITS_REPO_UNSAFE_PATH', `the target of the link ${path} ${why}`, {
    path,
    hint: 'remove the link, or name it in .ditsignore',
  });
}
