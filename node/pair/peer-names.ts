/** What machines are called: this one by its host name, others as they introduce themselves, as far as that is allowed. */
import { hostname } from 'node:os';
import type { PeerBook } from '../trust/peer-book.ts';
import { peerNameProblem } from '../trust/peer-rules.ts';

const NAME_LENGTH_MAX = 48;
/** Names that are tried after one that is taken: `edit-2`, `edit-3`, … */
const NAMESAKES_MAX = 1_000;

/** The host name without its domain. */
export function ownMachineName(): string {
  return allowedName(hostname().split('.')[0] ?? '') ?? 'dits';
}

/** The name for a peer that is new here; undefined for one that has a name, or whose own cannot be used. */
export function freePeerName(
  book: PeerBook,
  { peerId, wanted }: { readonly peerId: string; readonly wanted: string },
): string | undefined {
  if (book.get(peerId) !== undefined) return undefined;
  const name = allowedName(wanted);
  if (name === undefined) return undefined;
  for (let count = 1; count <= NAMESAKES_MAX; count++) {
    const candidate = count === 1 ? name : `${name}-${count}`;
    if (book.find(candidate) === undefined) return candidate;
  }
  return undefined;
}

/** A name made of what is allowed in this one; undefined when nothing is left. */
function allowedName(text: string): string | undefined {
  const name = text
    .replace(/[^\p{L}\p{N}_.-]+/gu, '-')
    .replace(/^[^\p{L}\p{N}_]+/u, '')
    .slice(0, NAME_LENGTH_MAX);
  return peerNameProblem(name) === undefined ? name : undefined;
}
