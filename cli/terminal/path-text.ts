/** How bytes travel, in words: `quic`, or `tcp: no answer over UDP in 0.3 s`. */
import type { LinkPath } from '../../protocol/index.ts';
import { printable } from './printable.ts';

export function pathText({
  path,
  pathReason,
}: {
  readonly path: LinkPath;
  readonly pathReason?: string | undefined;
}): string {
  return pathReason === undefined ? path : `${path}: ${printable(pathReason)}`;
}
