/**
 * Patterns for one name, as in gitignore(5) and fnmatch(3): `*`, `?`, `[a-z]`, `[!a]`, `[[:digit:]]`, `\*`. Matching takes time in
 * proportion to the length of the pattern times that of the name, whatever either holds: rules come with repositories, and
 * an expression that a regular expression would go on about for hours could come from anybody.
 */

/** Whether one character is wanted; undefined stands for a star. */
type Token = ((character: string) => boolean) | undefined;

const CLASSES: Readonly<Record<string, RegExp>> = {
  alnum: /^[\p{L}\p{N}]$/u,
  alpha: /^\p{L}$/u,
  blank: /^[ \t]$/,
  cntrl: /^\p{Cc}$/u,
  digit: /^[0-9]$/,
  graph: /^[^\p{C}\p{Z}]$/u,
  lower: /^\p{Ll}$/u,
  print: /^(?:[^\p{C}\p{Z}]| )$/u,
  punct: /^[\p{P}\p{S}]$/u,
  space: /^\s$/u,
  upper: /^\p{Lu}$/u,
  xdigit: /^[0-9A-Fa-f]$/,
};
const CLASS = /^\[:([a-z]+):\]/;
const SPECIAL = /[*?[\\]/;

/** A pattern for names. */
export type NameGlob = (name: string) => boolean;

/** Undefined for a pattern that nothing matches: a bracket that is not closed, a backslash at the end. */
export function parseNameGlob(pattern: string): NameGlob | undefined {
  if (!SPECIAL.test(pattern)) return (name) => name === pattern;
  const ending = pattern.slice(1);
  // Most patterns are of this kind.
  if (pattern.startsWith('*') && !SPECIAL.test(ending)) return (name) => name.endsWith(ending);
  const characters = Array.from(pattern);
  const tokens: Token[] = [];
  for (let at = 0; at < characters.length;) {
    const parsed = parseToken(characters, at);
    if (parsed === undefined) return undefined;
    // Several stars in a row are one.
    if (parsed.token !== undefined || at === 0 || tokens.at(-1) !== undefined) {
      tokens.push(parsed.token);
    }
    at = parsed.end;
  }
  return (name) => matches(tokens, Array.from(name));
}

type Parsed = { readonly token: Token; readonly end: number };

function parseToken(characters: readonly string[], at: number): Parsed | undefined {
  const character = characters[at]!;
  if (character === '*') return { token: undefined, end: at + 1 };
  if (character === '?') return { token: () => true, end: at + 1 };
  if (character === '[') return parseBracket(characters, at + 1);
  if (character !== '\\') return { token: (other) => other === character, end: at + 1 };
  const escaped = characters[at + 1];
  return escaped === undefined ? undefined : { token: (other) => other === escaped, end: at + 2 };
}

/** What stands between brackets; `start` is behind the first. */
function parseBracket(characters: readonly string[], start: number): Parsed | undefined {
  const isNegated = characters[start] === '!' || characters[start] === '^';
  const first = isNegated ? start + 1 : start;
  const items: ((character: string) => boolean)[] = [];
  let at = first;
  while (at === first || characters[at] !== ']') {
    const item = parseItem(characters, at);
    if (item === undefined) return undefined;
    items.push(item.has);
    at = item.end;
  }
  return {
    token: (character) => items.some((has) => has(character)) !== isNegated,
    end: at + 1,
  };
}

/** A character, a range or a class in brackets. */
function parseItem(
  characters: readonly string[],
  at: number,
): { readonly has: (character: string) => boolean; readonly end: number } | undefined {
  const named = CLASS.exec(characters.slice(at, at + 12).join(''));
  if (named !== null) {
    const expression = CLASSES[named[1]!];
    if (expression === undefined) return undefined;
    return { has: (character) => expression.test(character), end: at + named[0].length };
  }
  const low = parseMember(characters, at);
  if (low === undefined) return undefined;
  const isRange = characters[low.end] === '-' && characters[low.end + 1] !== ']';
  const high = isRange ? parseMember(characters, low.end + 1) : low;
  if (high === undefined) return undefined;
  const [least, most] = [low.point, high.point];
  return {
    has: (character) => least <= character.codePointAt(0)! && character.codePointAt(0)! <= most,
    end: high.end,
  };
}

function parseMember(
  characters: readonly string[],
  at: number,
): { readonly point: number; readonly end: number } | undefined {
  const place = characters[at] === '\\' ? at + 1 : at;
  const character = characters[place];
  if (character === undefined) return undefined;
  return { point: character.codePointAt(0)!, end: place + 1 };
}

/** What follows a star is looked for from the left; when it fails later on, only the last star has to give way. */
function matches(tokens: readonly Token[], name: readonly string[]): boolean {
  let token = 0;
  let at = 0;
  let star = -1;
  let taken = 0;
  while (at < name.length) {
    const wanted = tokens[token];
    if (token < tokens.length && wanted === undefined) {
      star = token++;
      taken = at;
    } else if (wanted?.(name[at]!) === true) {
      token++;
      at++;
    } else if (star >= 0) {
      token = star + 1;
      at = ++taken;
    } else return false;
  }
  return tokens.slice(token).every((rest) => rest === undefined);
}
