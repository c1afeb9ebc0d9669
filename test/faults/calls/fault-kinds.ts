/** What the operating system may say, at which calls it says it, and how a command may put it. */
import { constants } from 'node:os';

import type { ActionName, OperationName } from '../../support/syscalls/operations.ts';

export type FaultKind = {
  readonly name: string;
  readonly errno: number;
  readonly action: ActionName;
  readonly operations: readonly OperationName[];
  /** Calls that fail from the first on: one, or every one after it as well. */
  readonly lasts: 'once' | 'on';
  /** What the message or the hint must say about it. */
  readonly says: RegExp;
};

const GROWING: readonly OperationName[] = [
  'create',
  'write',
  'rename',
  'link',
  'symlink',
  'mkdir',
  'fsync',
  'fdatasync',
];
const NAMING: readonly OperationName[] = ['rename', 'link', 'symlink', 'unlink', 'mkdir', 'rmdir'];
const SYNCING: readonly OperationName[] = ['fsync', 'fdatasync'];
const READING: readonly OperationName[] = ['open', 'read', 'stat', 'list'];
const { errno } = constants;

const SPACE = /space|quota/;
const DEVICE = /EIO|i\/o error|input\/output error/i;

/** Every kind by its name, as `--errno` takes it. */
export const FAULT_KINDS: readonly FaultKind[] = [
  kind('ENOSPC', { operations: GROWING, action: 'half', says: SPACE }),
  kind('ENOSPC-on', { operations: GROWING, action: 'half', says: SPACE, lasts: 'on' }),
  kind('EDQUOT', { operations: GROWING, says: SPACE }),
  kind('EIO-write', { operations: ['write', 'truncate', ...NAMING], says: DEVICE }),
  kind('EIO-sync', { operations: SYNCING, says: DEVICE }),
  kind('EIO-sync-on', { operations: SYNCING, says: DEVICE, lasts: 'on' }),
  kind('EIO-read', { operations: READING, says: DEVICE }),
  kind('EMFILE', { operations: ['open', 'create', 'list'], says: /too many/i }),
  kind('EACCES', { operations: ['open', 'create', 'list', ...NAMING], says: /permission|EACCES/i }),
  kind('EROFS', { operations: ['create', ...NAMING], says: /read-only/i, lasts: 'on' }),
];

function kind(
  name: string,
  facts: Pick<FaultKind, 'operations' | 'says'> & Partial<FaultKind>,
): FaultKind {
  const code = name.split('-')[0] as keyof typeof errno;
  return { action: 'fail', lasts: 'once', ...facts, name, errno: errno[code] };
}
