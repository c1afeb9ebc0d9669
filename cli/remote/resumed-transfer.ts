/** Transfers over a link that may lose its connection: repeated with what is missing, counted together. */
import type {
  PullOptions,
  PushOptions,
  RemoteRefs,
  SyncProgress,
  SyncProgressCallback,
  SyncReport,
  WireRefChange,
  WireRefResult,
} from '../../protocol/index.ts';
import type { RemoteLink } from './remote-link.ts';

type Cancel = { readonly signal?: AbortSignal | undefined };

/** Head and refs of the remote. */
export function listRefs(link: RemoteLink, options: Cancel): Promise<RemoteRefs> {
  return link.keepUp((repository) => repository.listRefs(options));
}

/** As `RemoteRepository.push`; what moved on every connection counts. */
export function push(link: RemoteLink, options: PushOptions): Promise<SyncReport> {
  const tally = new Tally(options.onProgress);
  return link.keepUp(async (repository, repetition) => {
    if (repetition > 0) tally.interrupted();
    return tally.total(await repository.push({ ...options, onProgress: tally.onProgress }));
  });
}

/** As `RemoteRepository.pull`; what moved on every connection counts. */
export function pull(link: RemoteLink, options: PullOptions): Promise<SyncReport> {
  const tally = new Tally(options.onProgress);
  return link.keepUp(async (repository, repetition) => {
    if (repetition > 0) tally.interrupted();
    return tally.total(await repository.pull({ ...options, onProgress: tally.onProgress }));
  });
}

/**
 * As `RemoteRepository.updateRefs`. An answer that was lost may have been a yes: before the question is put again, the
 * refs that are where they should be count as moved.
 */
export function updateRefs(
  link: RemoteLink,
  changes: readonly WireRefChange[],
  options: Cancel,
): Promise<readonly WireRefResult[]> {
  return link.keepUp(async (repository, repetition) => {
    if (repetition === 0) return repository.updateRefs(changes, options);
    const { refs } = await repository.listRefs(options);
    const held = new Map<string, string>(refs.map(({ name, target }) => [name, target]));
    const isMoved = (change: WireRefChange): boolean =>
      (held.get(change.name) ?? null) === change.new;
    const open = changes.filter((change) => !isMoved(change));
    const answers = open.length === 0 ? [] : await repository.updateRefs(open, options);
    const byName = new Map(answers.map((answer) => [answer.name, answer]));
    return changes.map((change) => byName.get(change.name) ?? movedBefore(change));
  });
}

function movedBefore({ name, old, new: current }: WireRefChange): WireRefResult {
  const result = current === null ? 'deleted' : old === null ? 'created' : 'updated';
  return { name, result, current, message: '' };
}

type Moved = Pick<SyncProgress, 'objects' | 'chunks' | 'bytes'>;

const NOTHING: Moved = { objects: 0, chunks: 0, bytes: 0 };

/** Adds up what several tries at one transfer moved. */
class Tally {
  readonly #report: SyncProgressCallback | undefined;
  #before: Moved = NOTHING;
  #beforeMs = 0;
  #latest: SyncProgress | undefined;

  constructor(report: SyncProgressCallback | undefined) {
    this.#report = report;
  }

  readonly onProgress = (progress: SyncProgress): void => {
    this.#latest = progress;
    this.#report?.(this.#plusBefore(progress));
  };

  /** The try that reported last came to nothing more. */
  interrupted(): void {
    if (this.#latest === undefined) return;
    this.#before = addMoved(this.#before, this.#latest);
    this.#beforeMs += this.#latest.elapsedMs;
    this.#latest = undefined;
  }

  /** The report of everything, from that of the last try, which found present what the others had brought. */
  total(last: SyncReport): SyncReport {
    const count = (counts: SyncReport['objects'], before: number): SyncReport['objects'] => {
      const transferred = counts.transferred + before;
      return { ...counts, transferred, present: Math.max(0, counts.total - transferred) };
    };
    return {
      objects: count(last.objects, this.#before.objects),
      chunks: count(last.chunks, this.#before.chunks),
      bytes: { ...last.bytes, transferred: last.bytes.transferred + this.#before.bytes },
      elapsedMs: last.elapsedMs + this.#beforeMs,
    };
  }

  #plusBefore(progress: SyncProgress): SyncProgress {
    const { totals } = progress;
    return {
      ...progress,
      ...addMoved(this.#before, progress),
      totals: { ...totals, sentBytes: totals.sentBytes + this.#before.bytes },
      elapsedMs: progress.elapsedMs + this.#beforeMs,
    };
  }
}

function addMoved(a: Moved, b: Moved): Moved {
  return { objects: a.objects + b.objects, chunks: a.chunks + b.chunks, bytes: a.bytes + b.bytes };
}
