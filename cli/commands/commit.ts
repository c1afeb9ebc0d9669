/** `dits commit`: records what was added. */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';

import { commit as recordCommit, type CommitOptions } from '../../repo/index.ts';
import { CliError, usageError } from '../cli-error.ts';
import { collect } from '../command-line.ts';
import type { CommandContext } from '../command-context.ts';
import { operationOptions, withRepository, type DiskRepository } from '../open-repository.ts';
import { shortId, subjectOf } from '../terminal/commit-text.ts';
import { printable } from '../terminal/printable.ts';
import { formatCount } from '../terminal/quantities.ts';
import type { LeafVerb } from '../verb.ts';
import type { VerbInput } from '../verb-input.ts';

export const commit: LeafVerb = {
  configure: (command) => {
    command
      .option('-m, --message <text>', 'what changed; several become paragraphs', collect)
      .option('-F, --file <path>', 'read the message from a file')
      .option('-a, --all', 'add the changes of tracked files first')
      .option('-S, --sign', "sign with this machine's key; always, with the setting commit.sign")
      .option('--allow-empty', 'record a commit that changes nothing');
  },
  run: async (context, input) => {
    const message = await readMessage(context, input);
    const result = await withRepository(context, async (repository) => {
      const { user } = repository;
      if (user.name === undefined && user.email === undefined) {
        context.output.warn(
          'the author is taken from your login; set it with: dits config set user.name "…"',
        );
      }
      return recordCommit(repository, {
        ...operationOptions(context),
        message,
        all: input.flag('all'),
        allowEmpty: input.flag('allowEmpty'),
        sign: await signerOf(context, repository, input),
      });
    });
    const { id, tree, parents, branch = null, files } = result;
    const where = `${printable(branch ?? 'detached HEAD')}${parents.length === 0 ? ' (first commit)' : ''}`;
    context.output.note(`[${where} ${shortId(id)}] ${printable(subjectOf(result.message))}`);
    context.output.note(` ${formatCount(files, 'file')} changed`);
    return { fields: { id, tree, parents, branch, files } };
  },
};

/** Signs as this machine's identity, when that is asked for here or in the settings. */
async function signerOf(
  context: CommandContext,
  repository: DiskRepository,
  input: VerbInput,
): Promise<CommitOptions['sign']> {
  if (!input.flag('sign') && repository.settingFlag('commit.sign') !== true) return undefined;
  const { loadOrCreateIdentity, signCommit } = await import('../../node/index.ts');
  const identity = await loadOrCreateIdentity(context.home);
  return (commit) => signCommit(identity, commit);
}

async function readMessage(context: CommandContext, input: VerbInput): Promise<string> {
  const paragraphs = input.texts('message');
  const file = input.text('file');
  if (paragraphs.length > 0 && file === undefined) return paragraphs.join('\n\n');
  if (file === undefined || paragraphs.length > 0) {
    throw usageError('say what changed, with -m or -F', 'dits commit -m "what changed"');
  }
  try {
    return await readFile(resolve(context.cwd, file), 'utf8');
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new CliError('DITS_CLI_USAGE', `cannot read the message: ${why}`, { cause });
  }
}
