/**
 * Text from peers, file names and commits, made safe to print: nothing of it may move the cursor, recolour the
 * terminal, hide itself or reorder the line (docs/cli.md, "Names in output").
 */

/**
 * Control characters (C0, DEL, C1), and the characters that are invisible or reorder text: soft hyphen, zero-width and
 * directional marks, line and paragraph separators, embeddings and isolates, the byte order mark, tag characters.
 */
const UNSAFE =
  // eslint-disable-next-line no-control-regex -- finding control characters is the purpose
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]|[\ud800-\udfff]/gu;

const SHORT_ESCAPES: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** Highest code point that is written `\xNN`. */
const TWO_DIGIT_MAX = 0xff;

function escapeCharacter(character: string): string {
  const short = SHORT_ESCAPES[character];
  if (short !== undefined) return short;
  const code = character.codePointAt(0) ?? 0;
  const digits = code.toString(16);
  return code <= TWO_DIGIT_MAX ? `\\x${digits.padStart(2, '0')}` : `\\u{${digits}}`;
}

/** One line of text with everything unsafe written as an escape. */
export function printable(text: string): string {
  return text.replace(UNSAFE, escapeCharacter);
}

/** Text of several lines: line feeds and tabs stay. */
export function printableLines(text: string): string {
  return text.replace(UNSAFE, (character) =>
    character === '\n' || character === '\t' ? character : escapeCharacter(character),
  );
}

/** A file name: as it is when harmless, else in quotes with escapes, like git prints it. */
export function printableName(name: string): string {
  UNSAFE.lastIndex = 0;
  const isHarmless = !UNSAFE.test(name) && !/["\\]/u.test(name);
  UNSAFE.lastIndex = 0;
  if (isHarmless) return name;
  return `"${printable(name.replace(/["\\]/gu, (character) => `\\${character}`))}"`;
}

/** JSON on one line; control characters that JSON leaves alone are escaped, so that a terminal cannot be addressed. */
export function jsonLine(value: unknown): string {
  return JSON.stringify(value).replace(UNSAFE, (character) =>
    // Written per UTF-16 unit, the only form JSON knows.
    [...Array(character.length).keys()]
      .map((index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`)
      .join(''),
  );
}
