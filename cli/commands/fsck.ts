/** `dits fsck`: checks every stored byte, and repairs what it can. */
import { listRemotes, stagedObjects } from '../../repo/index.ts';
import { findMissing, type FsckReport, type ObjectId } from '../../store/index.ts';
import { CliError } from '../cli-error.ts';
import type { CommandContext } from '../command-context.ts';
import { withRepository, type DiskRepository } from '../open-repository.ts';
import type { Output } from '../output.ts';
import { RepairSource } from '../remote/repair-source.ts';
import { formatBytes, formatCount } from '../terminal/quantities.ts';
import type { LeafVerb } from '../verb.ts';

/** Rounds of fetching what a fetched object turns out to need: a tree of manifests is a few levels deep. */
const REPAIR_ROUNDS_MAX = 10_000;
/** Damage listed on the terminal; --json has all that is known. */
const DAMAGE_SHOWN_MAX = 20;

export const fsck: LeafVerb = {
  configure: (command) => {
    command
      .option('--rebuild-index', 'make the index anew from the segments first')
      .option('--repair', 'put damaged records aside, and fetch good copies from the remotes')
      .option('--trust-new', 'with --repair: accept a remote that is not known yet');
  },
  run: (context, input) =>
    withRepository(context, async (repository) => {
      const { store } = repository;
      const rebuilt = input.flag('rebuildIndex') ? await store.rebuildIndex() : undefined;
      const isRepairing = input.flag('repair');
      const source = new RepairSource(context, {
        remotes: isRepairing ? listRemotes(repository) : [],
        trustsNew: input.flag('trustNew'),
      });
      try {
        const report = await store.fsck({
          repair: isRepairing,
          ...(isRepairing ? { repairFrom: source.fetch } : {}),
          signal: context.signal,
          onProgress: ({ phase, done, total }) => context.progress({ phase, done, total }),
        });
        const { missing, fetched } = await completeRefs(context, repository, {
          report,
          source: isRepairing ? source : undefined,
        });
        return conclude(context, {
          report,
          missing,
          repaired: report.repaired + fetched,
          rebuilt: rebuilt?.objects,
        });
      } finally {
        await source.close();
      }
    }),
};

/** What is missing for the refs and for what was added, after fetching what the remotes have of it. */
async function completeRefs(
  context: CommandContext,
  repository: DiskRepository,
  { report, source }: { readonly report: FsckReport; readonly source: RepairSource | undefined },
): Promise<{ readonly missing: readonly ObjectId[]; readonly fetched: number }> {
  const { objects, refs } = repository.store;
  if (report.refsProblem !== undefined) return { missing: report.missing, fetched: 0 };
  const staged = repository.isBare ? [] : await stagedObjects(repository.layout);
  const wants = [...new Set([...(await refs.list()).map(({ target }) => target), ...staged])];
  const { signal } = context;
  const find = async (): Promise<readonly ObjectId[]> =>
    (await findMissing(objects, { wants, complete: [] }, { signal })).missing;
  let missing = await find();
  let fetched = 0;
  for (let round = 0; source !== undefined && round < REPAIR_ROUNDS_MAX; round += 1) {
    if (missing.length === 0) break;
    const records = await source.fetch(missing);
    if (records.length === 0) break;
    await objects.putRecords(records, { signal });
    await objects.flush();
    fetched += records.length;
    missing = await find();
  }
  return { missing, fetched };
}

type Findings = {
  readonly report: FsckReport;
  readonly missing: readonly ObjectId[];
  readonly repaired: number;
  readonly rebuilt: number | undefined;
};

function conclude(
  { output }: CommandContext,
  { report, missing, repaired, rebuilt }: Findings,
): Awaited<ReturnType<LeafVerb['run']>> {
  const { objects, chunks, corrupt, bytesRead, quarantined, refsProblem } = report;
  // Objects that the remotes had are whole again, although the store alone could not mend them.
  const isWhole = missing.length === 0 && refsProblem === undefined;
  const isSound = isWhole && (report.ok || (report.missing.length > 0 && repaired > 0));
  printDamage(output, corrupt, missing);
  if (rebuilt !== undefined) output.note(`index rebuilt: ${formatCount(rebuilt, 'object')}`);
  output.note(
    `${formatCount(chunks, 'chunk')} and ${formatCount(objects, 'other object')} are intact, ` +
      `${formatBytes(bytesRead)} read; ${corrupt.length} damaged, ${missing.length} missing, ${repaired} repaired`,
  );
  const fields = {
    objects,
    chunks,
    bytes: bytesRead,
    corrupt,
    missing,
    repaired,
    quarantined,
    ...(rebuilt === undefined ? {} : { rebuilt }),
    ...(refsProblem === undefined ? {} : { refsProblem }),
  };
  return { fields, failure: isSound ? undefined : damage(corrupt.length, missing, refsProblem) };
}

function printDamage(
  output: Output,
  corrupt: FsckReport['corrupt'],
  missing: readonly ObjectId[],
): void {
  for (const { id, segment, offset, problem } of corrupt.slice(0, DAMAGE_SHOWN_MAX)) {
    output.line(
      `damaged: ${problem} at byte ${offset} of segment ${segment} ${id ?? ''}`.trimEnd(),
    );
  }
  for (const id of missing.slice(0, DAMAGE_SHOWN_MAX)) output.line(`missing: ${id}`);
  if (Math.max(corrupt.length, missing.length) > DAMAGE_SHOWN_MAX) {
    output.line('and more; --json lists all');
  }
}

function damage(
  corruptCount: number,
  missing: readonly ObjectId[],
  refsProblem: string | undefined,
): CliError {
  const found =
    refsProblem ??
    `${formatCount(corruptCount, 'damaged place')}, ${formatCount(missing.length, 'missing object')}`;
  return new CliError('DITS_CLI_DAMAGED', `the repository is damaged: ${found}`, {
    hint:
      refsProblem === undefined
        ? 'dits fsck --repair mends what it can, with good copies from the remotes'
        : 'put back the refs file from a backup, with the ids that the reflog beside it names; or clone anew',
  });
}
