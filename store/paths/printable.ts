/** Names as they may be shown to a person: nothing in them can move the cursor, hide text or forge a line. */

/**
 * What a terminal or a log would act on instead of showing: controls (C0, DEL, C1), line and paragraph separators,
 * lone surrogates, and format characters that are invisible or reorder text (bidirectional overrides among them).
 */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** Most characters of a hostile name that a message repeats: enough to recognise it, too few to fill a log. */
const PRINTED_LENGTH_MAX = 300;

function escapeCharacter(character: string): string {
  const code = character.codePointAt(0)!;
  if (code <= 0xff) return `\\x${code.toString(16).padStart(2, '0')}`;
  return `\\u{${code.toString(16)}}`;
}

/** `text` with everything a terminal would act on written as `\x1b` or `\u{202e}`. Other text stays as it is. */
export function escapeForTerminal(text: string): string {
  return text.replace(UNPRINTABLE, escapeCharacter);
}

/** `text` in double quotes for an error message: escaped, and cut when it is very long. */
export function quoteForMessage(text: string): string {
  const shown = text.length > PRINTED_LENGTH_MAX ? `${text.slice(0, PRINTED_LENGTH_MAX)}…` : text;
  return `"${escapeForTerminal(shown)}"`;
}
