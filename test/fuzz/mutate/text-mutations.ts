/** Changes to texts: lines, words, numbers, and characters that are not what they look like. */
import { interestingInteger } from './byte-mutations.ts';
import { oneOf, type Mutation, type MutationContext } from './mutation.ts';

/** Characters that programs compare, cut, print or store wrongly. */
const NASTY: readonly string[] = [
  '\0',
  '\r',
  '\n',
  '\t',
  '\u001b[2J',
  '\u007f',
  '\u0085',
  '\u200b',
  '\u200d',
  '\u202e',
  '\u2028',
  '\ufeff',
  '\ufffd',
  '\ud800',
  'é',
  'e\u0301',
  'ß',
  'İ',
  'ſ',
  'K',
  '😀',
  '𝒹',
  '.',
  '..',
  '/',
  '\\',
  ':',
  '%',
  '"',
  "'",
  '-',
  '*',
  '[',
  ']',
  '#',
  '=',
  '{',
  '}',
  ' ',
];
const REPEAT_MAX = 600;

type TextChange = (text: string, context: MutationContext) => string;

const insertNasty: TextChange = (text, { random }) => {
  const at = random.below(text.length + 1);
  return text.slice(0, at) + oneOf(random, NASTY) + text.slice(at + random.below(2));
};

const insertWord: TextChange = (text, { random, dictionary }) => {
  if (dictionary.length === 0) return text;
  const at = random.below(text.length + 1);
  const word = oneOf(random, dictionary).toString();
  return text.slice(0, at) + word + text.slice(at + (random.below(2) === 0 ? 0 : word.length));
};

/** Changes one of the lines, or the words of the text, in their order or number. */
function changeParts(separator: string | RegExp, joiner: string): TextChange {
  return (text, { random, other }) => {
    const parts = text.split(separator);
    const at = random.below(parts.length);
    switch (random.below(4)) {
      case 0:
        parts.splice(at, 1);
        break;
      case 1:
        parts.splice(at, 0, oneOf(random, parts));
        break;
      case 2:
        parts.splice(at, 1, oneOf(random, parts));
        break;
      default:
        parts.splice(at, random.below(2), oneOf(random, other().toString().split(separator)));
    }
    return parts.join(joiner);
  };
}

const changeNumber: TextChange = (text, { random }) => {
  const numbers = [...text.matchAll(/\d+/g)];
  if (numbers.length === 0) return text;
  const { index, 0: digits } = oneOf(random, numbers);
  const value = [
    String(interestingInteger(random)),
    `0${digits}`,
    `-${digits}`,
    `${digits}.5`,
    `${digits}e9`,
    `0x${digits}`,
  ];
  return text.slice(0, index) + oneOf(random, value) + text.slice(index + digits.length);
};

const repeatPiece: TextChange = (text, { random }) => {
  const at = random.below(text.length + 1);
  const piece = text.slice(at, at + 1 + random.below(4));
  const count = random.below(4) === 0 ? random.below(REPEAT_MAX) : random.below(8);
  return text.slice(0, at) + piece.repeat(count) + text.slice(at);
};

const changeCase: TextChange = (text, { random }) => {
  const at = random.below(text.length + 1);
  const end = at + 1 + random.below(8);
  const piece = text.slice(at, end);
  const changed = random.below(2) === 0 ? piece.toUpperCase() : piece.toLowerCase();
  return text.slice(0, at) + changed + text.slice(end);
};

const ALL: readonly TextChange[] = [
  insertNasty,
  insertNasty,
  insertWord,
  insertWord,
  changeParts('\n', '\n'),
  changeParts(/[ /.,=]/, ' '),
  changeParts('/', '/'),
  changeNumber,
  repeatPiece,
  changeCase,
];

/** One of the changes above; the input is read as UTF-8. */
export const changeText: Mutation = (input, context) =>
  Buffer.from(oneOf(context.random, ALL)(input.toString(), context));
