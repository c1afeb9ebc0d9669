/** Who made a commit: the settings' user, else the account's, so that a first commit needs no setup. */
import { hostname, userInfo } from 'node:os';
import { systemErrorCode, type Signature } from '../../store/index.ts';

export type Author = { readonly name?: string | undefined; readonly email?: string | undefined };

export type CommitTime = { readonly timeMs: number; readonly zoneMinutes: number };

/** Author and committer, alike. */
export function signatureOf(
  author: Author,
  time: CommitTime = localTime(),
): { readonly author: Signature; readonly committer: Signature } {
  const account = author.name === undefined || author.email === undefined ? accountName() : '';
  const signature: Signature = {
    name: author.name ?? account,
    email: author.email ?? `${account}@${hostname()}`,
    ...time,
  };
  return { author: signature, committer: signature };
}

/** Now, and the zone's offset now. */
function localTime(): CommitTime {
  const now = new Date();
  return { timeMs: now.getTime(), zoneMinutes: -now.getTimezoneOffset() };
}

function accountName(): string {
  try {
    return userInfo().username;
  } catch (error) {
    // In a container the user may have a number and no name.
    if (systemErrorCode(error) === undefined) throw error;
    return 'unknown';
  }
}
