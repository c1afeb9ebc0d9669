/** `dits log`: the history, newest first. */
import { listBranches, listTags, log as readLog } from '../../repo/index.ts';
import { usageError } from '../cli-error.ts';
import type { CommandContext } from '../command-context.ts';
import type { SignatureReader } from '../commit-signer.ts';
import { withRepository, type DiskRepository } from '../open-repository.ts';
import { commitFields, printCommit, shortId, subjectOf } from '../terminal/commit-text.ts';
import { printable } from '../terminal/printable.ts';
import type { LeafVerb } from '../verb.ts';
import type { VerbInput } from '../verb-input.ts';

export const log: LeafVerb = {
  configure: (command) => {
    command
      .argument('[revision...]', 'where to start (default: HEAD); A..B leaves out what A leads to')
      .option('-n, --max-count <n>', 'at most so many commits')
      .option('--oneline', 'one line a commit')
      .option('--show-signature', 'check who signed each commit');
  },
  run: (context, input) =>
    withRepository(context, async (repository) => {
      const { output, signal, cwd } = context;
      const names = output.options.isJson ? undefined : await namesByCommit(repository);
      const options = {
        revisions: input.beforeDashes,
        countMax: countOf(input),
        paths: input.afterDashes,
        cwd,
        signal,
      };
      const signatures = input.flag('showSignature') ? await signatureReader(context) : undefined;
      let commits = 0;
      for await (const { id, commit } of readLog(repository, options)) {
        if (output.isClosed) break;
        commits += 1;
        const signature = signatures?.read(commit);
        output.event({
          event: 'commit',
          ...commitFields(id, commit),
          ...(signature && { signature }),
        });
        const decoration = names?.get(id) ?? [];
        if (input.flag('oneline')) {
          const shown = decoration.length === 0 ? '' : ` (${decoration.map(printable).join(', ')})`;
          const start = `${output.style('yellow', shortId(id))}${output.style('cyan', shown)}`;
          output.line(`${start} ${printable(subjectOf(commit.message))}`);
        } else {
          if (commits > 1) output.line();
          printCommit(output, { id, commit, names: decoration, signature });
        }
      }
      return { fields: { commits } };
    }),
};

/** Keys and known peers are read only where signatures are asked for. */
export async function signatureReader(context: CommandContext): Promise<SignatureReader> {
  const { SignatureReader } = await import('../commit-signer.ts');
  return SignatureReader.create(context);
}

function countOf(input: VerbInput): number | undefined {
  const text = input.text('maxCount');
  if (text === undefined) return undefined;
  if (!/^\d{1,15}$/.test(text)) throw usageError(`-n takes a whole number, not ${text}`);
  return Number(text);
}

/** What points at each commit, as people call it. */
async function namesByCommit(
  repository: DiskRepository,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const names = new Map<string, string[]>();
  const add = (commit: string, name: string): void => {
    names.set(commit, [...(names.get(commit) ?? []), name]);
  };
  for (const { name, commit, isCurrent } of await listBranches(repository)) {
    add(commit, isCurrent ? `HEAD -> ${name}` : name);
  }
  for (const { name, commit } of await listTags(repository)) add(commit, `tag: ${name}`);
  return names;
}
