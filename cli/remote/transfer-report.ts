/** What a transfer did, in the terms of docs/cli.md, "Sync". */
import type { ObjectId } from '../../store/index.ts';
import type { SyncProgress, SyncReport } from '../../protocol/index.ts';
import { CliError, type CliErrorCode } from '../cli-error.ts';
import type { CommandContext } from '../command-context.ts';
import { shortId } from '../terminal/commit-text.ts';
import { printable } from '../terminal/printable.ts';
import { formatBytes, formatCount, formatDuration, formatRate } from '../terminal/quantities.ts';
import type { Mover } from './believed-refs.ts';
import type { RemoteLink } from './remote-link.ts';

/** What became of a ref. */
type RefOutcome =
  | 'updated'
  | 'created'
  | 'deleted'
  | 'up-to-date'
  | 'rejected-non-fast-forward'
  | 'locked'
  | 'denied'
  | 'incomplete';

/** One line of `refs[]`. */
export type RefReport = {
  /** Name on the remote. */
  readonly name: string;
  readonly old: ObjectId | null;
  readonly new: ObjectId | null;
  readonly result: RefOutcome;
  /** What the remote says about it, or why it is not believed. */
  readonly message?: string | undefined;
  /** Who signed for where it is now, in a fetch. */
  readonly movedBy?: Mover | undefined;
  /** Code of the failure, where the result alone does not tell it. */
  readonly code?: CliErrorCode | undefined;
};

/** One line of `sources[]`: who gave what of a fetch. */
export type SourceReport = {
  /** Null for a repository on this machine. */
  readonly peerId: string | null;
  /** Name of a known peer, else null. */
  readonly name: string | null;
  readonly address: string;
  readonly path: RemoteLink['path'];
  /** Payload bytes, in stored form. */
  readonly bytes: number;
  readonly chunks: number;
  /** Why nothing more was taken from it, null when there was no such reason. */
  readonly dropped: string | null;
};

/** Outcome of a whole transfer. */
export type Transfer = {
  readonly refs: readonly RefReport[];
  /** Undefined when there was nothing to transfer. */
  readonly report: SyncReport | undefined;
  /** Where it came from; left out for what was sent. */
  readonly sources?: readonly SourceReport[] | undefined;
  /** Bytes of the files that are new or changed. */
  readonly logicalBytes: number;
  readonly wireBytes: number;
  readonly path: RemoteLink['path'];
  readonly pathReason: RemoteLink['pathReason'];
  /** How often the connection was lost and made again. */
  readonly reconnectCount: number;
  readonly elapsedMs: number;
};

const NOTHING = { total: 0, transferred: 0, present: 0 };

/** The JSON fields; `direction` names what moved. */
export function transferFields(
  transfer: Transfer,
  direction: 'sent' | 'received',
): Readonly<Record<string, unknown>> {
  const { refs, report, sources, logicalBytes, wireBytes, path } = transfer;
  const counts = ({ total, transferred, present }: typeof NOTHING): object => ({
    total,
    [direction]: transferred,
    present,
  });
  return {
    refs,
    objects: counts(report?.objects ?? NOTHING),
    chunks: counts(report?.chunks ?? NOTHING),
    bytes: {
      logical: logicalBytes,
      [direction]: report?.bytes.transferred ?? 0,
      wire: wireBytes,
    },
    path,
    pathReason: transfer.pathReason ?? null,
    ...(sources === undefined ? {} : { sources }),
    reconnects: transfer.reconnectCount,
    elapsedMs: Math.round(transfer.elapsedMs),
  };
}

const PHASES: Readonly<Record<SyncProgress['phase'], string>> = {
  negotiating: 'comparing',
  transferring: 'transferring',
  committing: 'making durable',
  done: 'done',
};

/** Draws the progress of a transfer. */
export function showProgress(context: CommandContext): (progress: SyncProgress) => void {
  return ({ phase, totals, isTotalKnown, chunks, bytes }) => {
    const isFlowing = phase === 'transferring';
    context.progress({
      phase: PHASES[phase],
      done: isFlowing ? chunks : undefined,
      total: isFlowing && isTotalKnown ? totals.chunks : undefined,
      bytes: isFlowing ? bytes : undefined,
      bytesTotal: isFlowing && isTotalKnown ? totals.sentBytes : undefined,
    });
  };
}

const SIGNS: Readonly<Record<RefOutcome, string>> = {
  updated: ' ',
  created: '*',
  deleted: '-',
  'up-to-date': '=',
  'rejected-non-fast-forward': '!',
  locked: '!',
  denied: '!',
  incomplete: '!',
};

/** Says what moved, in git's manner. */
export function printTransfer(
  context: CommandContext,
  transfer: Transfer,
  words: { readonly done: string; readonly where: string },
): void {
  const { output } = context;
  const moved = transfer.refs.filter(({ result }) => result !== 'up-to-date');
  if (moved.length === 0) {
    output.note('Everything up to date');
    return;
  }
  output.note(`${words.done} ${printable(words.where)}`);
  for (const ref of moved) output.note(refLine(ref));
  const { report, elapsedMs, logicalBytes, wireBytes, path } = transfer;
  if (report === undefined || report.objects.total === 0) return;
  const { transferred } = report.bytes;
  const seconds = Math.max(elapsedMs, 1) / 1000;
  output.note(
    `${formatBytes(logicalBytes)} of files, ${formatBytes(transferred)} moved, ` +
      `${formatCount(report.chunks.present, 'chunk')} of ${report.chunks.total} were there already; ` +
      `${formatBytes(wireBytes)} on the wire (${path}) in ${formatDuration(elapsedMs)}, ` +
      formatRate(transferred / seconds),
  );
}

function refLine({ name, old, new: now, result, message, movedBy }: RefReport): string {
  const range =
    result === 'created' || old === null
      ? '[new]'
      : now === null
        ? '[deleted]'
        : `${shortId(old)}..${shortId(now)}`;
  const isRefused = SIGNS[result] === '!';
  const why = isRefused ? ` (${message === undefined || message === '' ? result : message})` : '';
  const by = movedBy === undefined ? '' : ` by ${movedBy.name ?? movedBy.peerId}`;
  return ` ${SIGNS[result]} ${range.padEnd(24)} ${printable(`${shownName(name)}${by}${why}`)}`;
}

/** A ref as people write it. */
function shownName(name: string): string {
  return name.replace(/^refs\/(heads|tags)\//, '');
}

/** Which failure a refused ref is; the first that applies decides the exit status. */
const FAILURES: readonly {
  /** Undefined for a failure that only the code of a ref tells. */
  readonly result: RefOutcome | undefined;
  readonly code: CliErrorCode;
  readonly what: string;
  readonly hint: string;
}[] = [
  {
    result: undefined,
    code: 'DITS_CLI_REF_NOT_VOUCHED',
    what: 'is not believed',
    hint: 'make known who moved it: dits peer add PEERID; or take it as it is: dits fetch --trust-moves',
  },
  {
    result: undefined,
    code: 'DITS_CLI_REF_ROLLED_BACK',
    what: 'was put back',
    hint: 'ask those who work on it; to take it as it is: dits fetch --trust-moves',
  },
  {
    result: 'denied',
    code: 'DITS_CLI_REF_DENIED',
    what: 'may not be changed',
    hint: 'push to another branch (dits push REMOTE HERE:THERE), or ask the other side',
  },
  {
    result: 'locked',
    code: 'DITS_CLI_REF_LOCKED',
    what: 'is locked by someone else',
    hint: 'try again when the lock is gone',
  },
  {
    result: 'rejected-non-fast-forward',
    code: 'DITS_CLI_NOT_FAST_FORWARD',
    what: 'has commits that would be lost',
    hint: 'bring them here first with: dits pull; or give them up with: dits push --force',
  },
  {
    result: 'incomplete',
    code: 'DITS_CLI_REF_INCOMPLETE',
    what: 'needs objects that did not arrive',
    hint: 'run it again; if that does not help, run: dits fsck',
  },
];

/** The failure that refused refs amount to; undefined when there were none. */
export function refusalOf(refs: readonly RefReport[]): CliError | undefined {
  for (const { result, code, what, hint } of FAILURES) {
    const refused = refs.filter((ref) =>
      ref.code === undefined ? ref.result === result : ref.code === code,
    );
    const [first] = refused;
    if (first === undefined) continue;
    const others = refused.length > 1 ? ` (and ${refused.length - 1} more)` : '';
    const why = first.message === undefined || first.message === '' ? '' : `: ${first.message}`;
    return new CliError(code, `${shownName(first.name)} ${what}${others}${why}`, {
      hint,
      details: { name: first.name },
    });
  }
  return undefined;
}
