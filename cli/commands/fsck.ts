/** `dits fsck`: checks every stored byte, and repairs what it can. */
import {
  careForPlainFiles,
  inspectIndex,
  listRemotes,
  remakeIndex,
  requireRepository,
  type FileProblem,
} from '../../repo/index.ts';
import type { FsckReport } from '../../store/index.ts';
import { CliError } from '../cli-error.ts';
import type { CommandContext } from '../command-context.ts';
import { withRepository, type DiskRepository } from '../open-repository.ts';
import { SOURCE_OPTION } from '../remote/extra-sources.ts';
import { RepairSource } from '../remote/repair-source.ts';
import { findingCount, printFindings, type Findings } from '../terminal/fsck-text.ts';
import { formatBytes, formatCount } from '../terminal/quantities.ts';
import type { VerbInput } from '../verb-input.ts';
import type { LeafVerb } from '../verb.ts';

export const fsck: LeafVerb = {
  configure: (command) => {
    command
      .option('--rebuild-index', 'make the index anew from the segments first')
      .option('--repair', 'put damaged bytes aside, and fetch good copies from the remotes')
      .option(...SOURCE_OPTION)
      .option('--trust-new', 'with --repair: accept a remote that is not known yet');
  },
  run: async (context, input) => {
    const repair = input.flag('repair');
    const { ditsDir } = requireRepository(context.cwd);
    // What keeps a repository from opening comes first.
    const files = await careForPlainFiles(ditsDir, { repair });
    return await withRepository(context, async (repository) => {
      const findings = await check(context, input, repository);
      return conclude(context, { ...findings, files: [...files, ...findings.files] });
    });
  },
};

async function check(
  context: CommandContext,
  input: VerbInput,
  repository: DiskRepository,
): Promise<Findings> {
  const { store } = repository;
  const repair = input.flag('repair');
  const rebuilt = input.flag('rebuildIndex') ? await store.rebuildIndex() : undefined;
  const index = await inspectIndex(repository, { repair });
  const source = new RepairSource(context, {
    remotes: repair ? listRemotes(repository) : [],
    sources: repair ? input.texts('source') : [],
    trustsNew: input.flag('trustNew'),
  });
  try {
    const report = await store.fsck({
      repair,
      ...(repair ? { repairFrom: source.fetch } : {}),
      extraRoots: index.staged,
      signal: context.signal,
      onProgress: ({ phase, done, total }) => context.progress({ phase, done, total }),
    });
    const problem = await mendIndex(repository, report, { repair, problem: index.problem });
    return { report, files: problem === undefined ? [] : [problem], rebuilt: rebuilt?.objects };
  } finally {
    await source.close();
  }
}

/** The index of the working tree is made from HEAD, so everything else has to be whole by now. */
async function mendIndex(
  repository: DiskRepository,
  report: FsckReport,
  { repair, problem }: { readonly repair: boolean; readonly problem: FileProblem | undefined },
): Promise<FileProblem | undefined> {
  if (problem === undefined || problem.mended !== undefined) return problem;
  return repair && report.ok ? await remakeIndex(repository, problem) : problem;
}

function conclude(
  { output }: CommandContext,
  findings: Findings,
): Awaited<ReturnType<LeafVerb['run']>> {
  const { report, files, rebuilt } = findings;
  const { objects, chunks, corrupt, bytesRead, repaired, quarantined, missing } = report;
  const { refsProblem, refsRestored, indexDamage } = report;
  printFindings(output, findings);
  if (rebuilt !== undefined) output.note(`index rebuilt: ${formatCount(rebuilt, 'object')}`);
  output.note(
    `${formatCount(chunks, 'chunk')} and ${formatCount(objects, 'other object')} are intact, ` +
      `${formatBytes(bytesRead)} read; ${findingCount(findings)} damaged, ${missing.length} missing, ${repaired} repaired`,
  );
  const fields = {
    objects,
    chunks,
    bytes: bytesRead,
    corrupt,
    missing,
    repaired,
    quarantined,
    index: indexDamage,
    files,
    ...(rebuilt === undefined ? {} : { rebuilt }),
    ...(refsProblem === undefined ? {} : { refsProblem }),
    ...(refsRestored === undefined ? {} : { refsRestored }),
  };
  const isSound = report.ok && files.every(({ mended }) => mended !== undefined);
  return { fields, failure: isSound ? undefined : damage(findings) };
}

function damage(findings: Findings): CliError {
  const { refsProblem, refsRestored, missing } = findings.report;
  const count = formatCount(findingCount(findings), 'damaged place');
  const found = `${count}, ${formatCount(missing.length, 'missing object')}`;
  const areRefsLost = refsProblem !== undefined && refsRestored === undefined;
  const message = areRefsLost ? `${refsProblem}; ${found}` : found;
  return new CliError('DITS_CLI_DAMAGED', `the repository is damaged: ${message}`, {
    hint: 'dits fsck --repair mends what it can, with good copies from the remotes or from --source; what it cannot mend is in a backup or a clone',
  });
}
