/** `dits tag`: lists, makes and deletes tags. */
import { createTag, deleteTag, listTags } from '../../repo/index.ts';
import { usageError } from '../cli-error.ts';
import { collect } from '../command-line.ts';
import type { CommandContext } from '../command-context.ts';
import { withRepository, type DiskRepository } from '../open-repository.ts';
import { personFields, shortId } from '../terminal/commit-text.ts';
import { printable } from '../terminal/printable.ts';
import type { LeafVerb } from '../verb.ts';
import type { VerbInput } from '../verb-input.ts';

export const tag: LeafVerb = {
  configure: (command) => {
    command
      .argument('[name]', 'tag to make (without one: list)')
      .argument('[revision]', 'what it names (default: HEAD)')
      .option('-a, --annotate', 'record author and message with it')
      .option('-m, --message <text>', 'the message; implies -a', collect)
      .option('-d, --delete', 'delete the tag');
  },
  run: (context, input) =>
    withRepository(context, async (repository) => {
      const [name] = input.operands;
      if (name === undefined) return list(context, repository);
      if (!input.flag('delete')) return create(context, repository, { name, input });
      await deleteTag(repository, name);
      context.output.note(`Deleted tag ${printable(name)}`);
      return { fields: { name } };
    }),
};

async function list(
  { output }: CommandContext,
  repository: DiskRepository,
): ReturnType<LeafVerb['run']> {
  const tags = await listTags(repository);
  for (const { name } of tags) output.line(printable(name));
  return {
    fields: {
      tags: tags.map(({ name, target, commit, tag: object }) => ({
        name,
        target,
        commit,
        ...(object === undefined
          ? {}
          : { tagger: personFields(object.tagger), message: object.message }),
      })),
    },
  };
}

async function create(
  { output }: CommandContext,
  repository: DiskRepository,
  { name, input }: { readonly name: string; readonly input: VerbInput },
): ReturnType<LeafVerb['run']> {
  const paragraphs = input.texts('message');
  if (input.flag('annotate') && paragraphs.length === 0) {
    throw usageError('an annotated tag needs a message', `dits tag -m "…" ${name}`);
  }
  const message = paragraphs.length === 0 ? undefined : paragraphs.join('\n\n');
  const made = await createTag(repository, name, { revision: input.operands[1], message });
  output.note(`Tagged ${shortId(made.commit)} as ${printable(name)}`);
  return { fields: { name, target: made.object, commit: made.commit } };
}
