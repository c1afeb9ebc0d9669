import assert from 'node:assert/strict';

import { CliError } from '../../cli/cli-error.ts';
import { collect, parseCommandLine } from '../../cli/command-line.ts';
import type { Verb } from '../../cli/verb.ts';
import type { VerbEntry } from '../../cli/verbs.ts';

const record: Verb = {
  configure: (command) => {
    command.argument('[words...]').option('-m, --message <text>').option('-a, --all');
    command.option('--serve <pair>', 'several', collect);
  },
  run: () => Promise.resolve({ fields: {} }),
};
const group: Verb = { verbs: { add: { ...record, summary: 'add one' } } };

const VERBS: Readonly<Record<string, VerbEntry>> = {
  record: { summary: 'record', load: () => Promise.resolve(record) },
  group: { summary: 'group', load: () => Promise.resolve(group) },
  other: {
    summary: 'other',
    load: () => Promise.reject(new Error('a verb that was not named was loaded')),
  },
};

async function parse(...words: string[]) {
  const parsed = await parseCommandLine(words, VERBS);
  assert.equal(parsed.kind, 'verb');
  return parsed;
}

describe('the command line', () => {
  it('takes the common options before and after the verb', async () => {
    const before = await parse('-C', 'a', '--json', '-q', 'record', 'x');
    const after = await parse('record', 'x', '-C', 'a', '-q', '--json');
    assert.deepEqual(before.options, after.options);
    assert.deepEqual(after.options, {
      isJson: true,
      isQuiet: true,
      isVerbose: false,
      hasProgress: true,
      directories: ['a'],
    });
  });

  it('adds up several -C', async () => {
    const { options } = await parse('-C', 'a', 'group', '-C', 'b', 'add', '-C', 'c');
    assert.deepEqual(options.directories, ['a', 'b', 'c']);
  });

  it('leaves an option value alone that looks like a common option', async () => {
    const { input, options } = await parse('record', '-am', '--json');
    assert.equal(input.text('message'), '--json');
    assert.equal(input.flag('all'), true);
    assert.equal(options.isJson, false);
  });

  it('knows which words came after two dashes', async () => {
    const { input } = await parse('record', 'ref', '--', '-a', '--json');
    assert.deepEqual(input.beforeDashes, ['ref']);
    assert.deepEqual(input.afterDashes, ['-a', '--json']);
    assert.equal(input.flag('all'), false);
    assert.equal((await parse('record', 'ref')).input.afterDashes, undefined);
  });

  it('reads repeated options in order', async () => {
    const { input } = await parse('record', '--serve', 'a=1', '--serve', 'b=2');
    assert.deepEqual(input.texts('serve'), ['a=1', 'b=2']);
  });

  it('gives the version wherever it is asked for', async () => {
    for (const words of [
      ['--version', '-q'],
      ['record', '--version'],
      ['--version', 'record'],
    ]) {
      assert.equal((await parseCommandLine(words, VERBS)).kind, 'version');
    }
  });

  it('names an inner verb in full', async () => {
    assert.equal((await parse('group', 'add', 'x')).name, 'group add');
  });

  for (const [title, words] of [
    ['an unknown verb', ['recrod']],
    ['an unknown option', ['record', '--al']],
    ['an option without its value', ['record', '-m']],
    ['no verb', ['--json']],
    ['a group without its verb', ['group']],
    ['too many words', ['group', 'nothing']],
    ['a name of every object', ['toString']],
  ] as const) {
    it(`calls ${title} wrong usage`, async () => {
      await assert.rejects(parseCommandLine(words, VERBS), { code: 'DITS_CLI_USAGE' });
    });
  }

  it('suggests the verb that was meant', async () => {
    await assert.rejects(parseCommandLine(['recrod'], VERBS), /record/);
  });

  it('names the word that is no verb of a group, and where the verbs are listed', async () => {
    const error = await parseCommandLine(['group', 'nothing', '--json'], VERBS).catch(
      (reason: unknown) => reason,
    );
    assert.ok(error instanceof CliError);
    assert.equal(error.message, "unknown command 'group nothing'");
    assert.equal(error.hint, 'dits group --help');
  });

  it('points to a help that exists when the verb is unknown', async () => {
    const error = await parseCommandLine(['nothing'], VERBS).catch((reason: unknown) => reason);
    assert.ok(error instanceof CliError);
    assert.equal(error.hint, 'dits --help');
  });

  it('gives help for the programme, a verb, and an inner verb', async () => {
    for (const words of [['--help'], ['help'], ['record', '-h'], ['help', 'group', 'add']]) {
      const parsed = await parseCommandLine(words, VERBS);
      assert.equal(parsed.kind, 'help');
      assert.match(parsed.text, /Usage: dits/);
    }
  });
});
