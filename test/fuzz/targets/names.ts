/** What a name may be: names, paths, and which two are one on some file system. */
import {
  STORE_DIRECTORY_NAME,
  checkPath,
  findTwin,
  foldName,
  nameProblem,
  normalizeName,
} from '../../../store/paths/name-rules.ts';
import { compareNames, comparePaths } from '../../../store/paths/path-order.ts';
import { escapeForTerminal, quoteForMessage } from '../../../store/paths/printable.ts';
import { changeText } from '../mutate/text-mutations.ts';
import { acceptedBy, mustEqual, mustHold, type FuzzTarget } from '../target.ts';

/** What file systems make of a name: each may be the one that a repository is checked out on. */
const READINGS: readonly ((name: string) => string)[] = [
  (name) => name,
  (name) => name.toLowerCase(),
  (name) => name.toUpperCase().toLowerCase(),
  (name) => name.normalize('NFD'),
  (name) => name.normalize('NFKC').toLowerCase(),
  // Windows drops these at the end.
  (name) => name.replace(/[. ]+$/, '').toLowerCase(),
  // HFS+ skips these.
  (name) => name.replace(/[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]/g, '').toLowerCase(),
];

function checkName(name: string): boolean {
  mustHold(nameProblem(name) === nameProblem(name), 'a name is judged the same twice');
  if (nameProblem(name) !== undefined) return false;
  mustEqual(normalizeName(name), name, 'an allowed name is in the form it is stored in');
  mustHold(Buffer.from(name).toString() === name, 'an allowed name survives as UTF-8');
  mustHold(!/[\p{Cc}/\\:]/u.test(name), 'an allowed name is one component everywhere');
  for (const read of READINGS) {
    const reading = read(name);
    mustHold(
      reading !== STORE_DIRECTORY_NAME,
      'no allowed name is read as the folder of the store',
    );
    mustHold(!['', '.', '..'].includes(reading), 'no allowed name is read as another folder');
  }
  mustEqual(foldName(foldName(name)), foldName(name), 'a folded name stays as it is');
  return true;
}

function checkTwins(first: string, second: string): void {
  const isTwin = findTwin([first, second]) !== undefined;
  mustEqual(isTwin, findTwin([second, first]) !== undefined, 'twins are twins in either order');
  for (const read of READINGS.slice(0, 4)) {
    if (read(first) === read(second)) mustHold(isTwin, 'what a file system reads alike are twins');
  }
}

function checkOrder(first: string, second: string): void {
  const bytes = Math.sign(Buffer.compare(Buffer.from(first), Buffer.from(second)));
  mustEqual(Math.sign(compareNames(first, second)), bytes, 'names are in the order of their bytes');
  mustEqual(
    Math.sign(comparePaths(first, second)) + Math.sign(comparePaths(second, first)),
    0,
    'the order of paths is one',
  );
}

function checkPrintable(text: string): void {
  mustHold(!/[\p{Cc}\p{Cf}\p{Cs}]/u.test(escapeForTerminal(text)), 'nothing a terminal acts on');
  mustHold(quoteForMessage(text).length < 4_000, 'a message stays short');
}

export const namesTarget: FuzzTarget = {
  name: 'names',
  covers: 'names and paths, twins, order, what terminals are shown',
  seeds: () =>
    [
      'clip.mov',
      'Shot 7/plate.0001.exr\nshot 7',
      'é\ne\u0301',
      '.ditsx',
      'CON1',
      'di12~3',
      'ß\nSS',
    ].map((text) => Buffer.from(text)),
  mutations: [changeText],
  dictionary: [
    '.dits',
    '.DITS',
    'dits~1',
    'di1234~1',
    'con',
    'LPT¹',
    'ſ',
    'K',
    '\u200d',
    'ﬁ',
    'İ',
    '․',
  ],
  sizeMaxBytes: 6 * 1024,
  run(input) {
    const [first = '', second = ''] = input.toString().split('\n');
    checkPrintable(first);
    checkOrder(first, second);
    const isPath = acceptedBy(['DITS_STORE_UNSAFE_PATH'], () => (checkPath(first), true)) === true;
    const areAllowed = first.split('/').map(checkName).every(Boolean);
    mustHold(!isPath || areAllowed, 'a path is allowed when each of its names is');
    if (areAllowed && second.split('/').every((name) => nameProblem(name) === undefined)) {
      checkTwins(first, second);
    }
    return isPath;
  },
};
