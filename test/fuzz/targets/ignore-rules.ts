/** Ignore files: the first line is a path, the rest are rules. They come with every repository, so anybody may have written them. */
import { IgnoreRules } from '../../../repo/ignore/ignore-rules.ts';
import { nameProblem } from '../../../store/paths/name-rules.ts';
import { changeText } from '../mutate/text-mutations.ts';
import { mustHold, type FuzzTarget } from '../target.ts';

const EXAMPLE = `shots/007/cache/plate.0001.exr
# caches
cache/
*.tmp
!keep.tmp
/renders/**/draft-[0-9]?.mov
shots/*/cache
\\#odd
**/.DS_Store
trailing\\ 
`;

export const ignoreRulesTarget: FuzzTarget = {
  name: 'ignore-rules',
  covers: '.ditsignore files',
  seeds: () => [EXAMPLE, 'a/b\n*', 'a\n!a\n**/a/**'].map((text) => Buffer.from(text)),
  mutations: [changeText],
  dictionary: [
    '**/',
    '/**',
    '*',
    '?',
    '[a-z]',
    '[!a]',
    '[]',
    '[^',
    '\\',
    '!',
    '#',
    '{a,b}',
    '(',
    ')+',
    '$',
    '|',
    '.*',
  ],
  sizeMaxBytes: 1024,
  run(input) {
    const [path = '', ...lines] = input.toString().split('\n');
    if (path.split('/').some((name) => nameProblem(name) !== undefined)) return false;
    const text = lines.join('\n');
    const rules = IgnoreRules.none.extend('', text);
    const isIgnored = rules.isIgnored(path, 'file');
    const below = IgnoreRules.none.extend('shots', text).isIgnored(`shots/${path}`, 'file');
    mustHold(isIgnored === below, 'rules mean the same in every folder');
    const takenBack = rules.extend('', `!${escapePath(path)}`);
    if (!path.includes('/')) mustHold(!takenBack.isIgnored(path, 'file'), 'the last rule decides');
    return isIgnored;
  },
};

function escapePath(path: string): string {
  return `/${path.replace(/[\\*?[\] !#]/g, '\\$&')}`;
}
