/** Commits and tags as people read them, in git's manner, and as programmes read them. */
import type { Commit, CommitId, Signature } from '../../store/index.ts';
import type { SignatureFields } from '../commit-signer.ts';
import type { Output } from '../output.ts';
import { printable, printableLines } from './printable.ts';

const MINUTE_MS = 60_000;
/** Digits of an id that people get to see: as many as no project of a few million objects needs more of. */
const SHORT_ID_DIGITS = 10;
/** The furthest times that a calendar can show (ECMA-262, "Time Values"), in milliseconds. */
const TIME_MAX_MS = 8.64e15;

export function shortId(id: string): string {
  return id.slice(0, SHORT_ID_DIGITS);
}

/** The first line of a message. */
export function subjectOf(message: string): string {
  return message.trimStart().split('\n', 1)[0] ?? '';
}

/** `+0130` or `+01:30`. */
function zoneText(zoneMinutes: number, separator: string): string {
  const minutes = Math.abs(zoneMinutes);
  const hours = String(Math.floor(minutes / 60)).padStart(2, '0');
  const rest = String(minutes % 60).padStart(2, '0');
  return `${zoneMinutes < 0 ? '-' : '+'}${hours}${separator}${rest}`;
}

/** The local clock of whoever signed, as a date whose UTC fields are that clock's. */
function localDate({ timeMs, zoneMinutes }: Signature): Date {
  const local = timeMs + zoneMinutes * MINUTE_MS;
  return new Date(Math.max(-TIME_MAX_MS, Math.min(TIME_MAX_MS, local)));
}

/** RFC 3339 with the zone of whoever signed. */
function rfc3339(signature: Signature): string {
  const text = localDate(signature)
    .toISOString()
    .replace(/\.000Z$|Z$/, '');
  return `${text}${zoneText(signature.zoneMinutes, ':')}`;
}

const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const;
const MONTHS = [
  ...['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun'],
  ...['Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'],
] as const;

/** `Fri Nov 20 10:04:23 2026 +0100`, as git writes it. */
function dateText(signature: Signature): string {
  const date = localDate(signature);
  const weekday = WEEKDAYS[date.getUTCDay()] ?? '';
  const month = MONTHS[date.getUTCMonth()] ?? '';
  const clock = date.toISOString().replace(/^.*T/, '').slice(0, 'hh:mm:ss'.length);
  const zone = zoneText(signature.zoneMinutes, '');
  return `${weekday} ${month} ${date.getUTCDate()} ${clock} ${date.getUTCFullYear()} ${zone}`;
}

export function personText({ name, email }: Signature): string {
  return printable(email === '' ? name : `${name} <${email}>`);
}

/** The fields of a commit in JSON. */
export function commitFields(id: CommitId, commit: Commit): Readonly<Record<string, unknown>> {
  return {
    id,
    tree: commit.tree,
    parents: commit.parents,
    author: personFields(commit.author),
    committer: personFields(commit.committer),
    message: commit.message,
  };
}

export function personFields(person: Signature): Readonly<Record<string, unknown>> {
  return { name: person.name, email: person.email, time: rfc3339(person) };
}

type PrintedCommit = {
  readonly id: CommitId;
  readonly commit: Commit;
  /** What points at it. */
  readonly names: readonly string[];
  /** Shown when it was asked for. */
  readonly signature?: SignatureFields | undefined;
};

/** Prints a commit as `git log` does. */
export function printCommit(output: Output, { id, commit, names, signature }: PrintedCommit): void {
  const decoration = names.length === 0 ? '' : ` (${names.map(printable).join(', ')})`;
  output.line(`${output.style('yellow', `commit ${id}`)}${output.style('cyan', decoration)}`);
  if (commit.parents.length > 1) output.line(`Merge: ${commit.parents.map(shortId).join(' ')}`);
  if (signature !== undefined) output.line(`Signed: ${signatureText(signature)}`);
  output.line(`Author: ${personText(commit.author)}`);
  output.line(`Date:   ${dateText(commit.author)}`);
  output.line();
  for (const line of printableLines(commit.message.trimEnd()).split('\n')) {
    output.line(`    ${line}`);
  }
}

function signatureText({ state, peerId = '', name, isOwn = false }: SignatureFields): string {
  if (state === 'none') return 'no';
  const who = isOwn ? `this machine (${peerId})` : `${printable(name ?? 'unknown')} (${peerId})`;
  return state === 'good' ? `by ${who}` : `BAD: not by ${who}, or changed since`;
}
