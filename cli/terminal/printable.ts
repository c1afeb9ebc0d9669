/**
 * Text from peers, file names and commits, made safe to print: nothing of it may move the cursor, recolour the
 * terminal, hide itself or reorder the line (docs/cli.md, "Names in output").
 */
import { escapeForTerminal } from '../../store/index.ts';

/** One line of text with everything unsafe written as an escape. */
export const printable: (text: string) => string = escapeForTerminal;

/** Text of several lines: line feeds and tabs stay. */
export function printableLines(text: string): string {
  return text.replace(/[^\n\t]+/gu, printable);
}

/** A file name: as it is when harmless, else in quotes with escapes, like git prints it. */
export function printableName(name: string): string {
  if (printable(name) === name && !/["\\]/u.test(name)) return name;
  return `"${printable(name.replace(/["\\]/gu, (character) => `\\${character}`))}"`;
}

/** What JSON may hold as it is, but a terminal would act on. */
const ACTED_ON = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** JSON on one line; whatever a terminal would act on is escaped, so that a name in it cannot address one. */
export function jsonLine(value: unknown): string {
  return JSON.stringify(value).replace(ACTED_ON, escapeUnits);
}

/** `\uXXXX` per UTF-16 unit, the only form JSON knows. */
function escapeUnits(character: string): string {
  const units = [...Array(character.length).keys()].map((index) => character.charCodeAt(index));
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('');
}
