/** `dits show`: a commit, and what it changed. */
import { show as readShow } from '../../repo/index.ts';
import { withRepository } from '../open-repository.ts';
import { commitFields, personFields, personText, printCommit } from '../terminal/commit-text.ts';
import { differenceFields, printDifference, printStat } from '../terminal/difference-text.ts';
import { printable, printableLines } from '../terminal/printable.ts';
import type { LeafVerb } from '../verb.ts';
import { signatureReader } from './log.ts';

export const show: LeafVerb = {
  configure: (command) => {
    command
      .argument('[revision]', 'commit, branch or tag (default: HEAD)')
      .argument('[path...]', 'after two dashes: only these')
      .option('--stat', 'name the files only')
      .option('--show-signature', 'check who signed the commit');
  },
  run: (context, input) =>
    withRepository(context, async (repository) => {
      const { output, signal, cwd } = context;
      const [revision] = input.beforeDashes;
      const shown = await readShow(repository, revision ?? 'HEAD', {
        signal,
        cwd,
        paths: input.afterDashes,
      });
      const { id, commit, tag } = shown;
      if (tag !== undefined) {
        output.line(output.style('yellow', `tag ${printable(tag.name)}`));
        output.line(`Tagger: ${personText(tag.tagger)}`);
        output.line();
        output.line(printableLines(tag.message.trimEnd()));
        output.line();
      }
      const signatures = input.flag('showSignature') ? await signatureReader(context) : undefined;
      const signature = signatures?.read(commit);
      const fields = { ...commitFields(id, commit), ...(signature && { signature }) };
      printCommit(output, { id, commit, names: [], signature });
      output.line();
      const files: unknown[] = [];
      for await (const difference of shown.differences) {
        if (output.isClosed) break;
        files.push(differenceFields(difference));
        if (input.flag('stat')) printStat(output, difference);
        else printDifference(output, difference);
      }
      output.event({ event: 'commit', ...fields });
      const tagFields =
        tag === undefined
          ? {}
          : { tag: { name: tag.name, tagger: personFields(tag.tagger), message: tag.message } };
      return { fields: { ...fields, ...tagFields, files } };
    }),
};
