/**
 * A settings file in TOML: read, looked up and changed by dotted key, replaced atomically (docs/configuration.md).
 * `user.name` is key `name` in table `user`; of more than two parts the middle ones are one name, as in git:
 * `remote.studio.local.address` is key `address` of the remote `studio.local`.
 */
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

import { parse, stringify, type TomlTable } from 'smol-toml';

import { CliError, usageError } from './cli-error.ts';

/** What a setting may be. */
export type SettingValue = string | number | boolean;

/** A settings file larger than this is not one: people write them by hand. */
const FILE_MAX_BYTES = 1024 * 1024;
const FILE_MODE = 0o600;
const KEY_PATTERN = /^[A-Za-z][A-Za-z0-9-]*\.(?:.+\.)?[A-Za-z][A-Za-z0-9-]*$/u;
/** Names that would reach into the prototype of a JavaScript object. */
const FORBIDDEN_NAMES: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/** The tables of the file; empty when there is none. @throws CliError DITS_CLI_INVALID_CONFIG */
export async function readSettings(path: string): Promise<TomlTable> {
  let text: string;
  try {
    const bytes = await readFile(path);
    if (bytes.length > FILE_MAX_BYTES)
      throw invalid(path, `it has more than ${FILE_MAX_BYTES} bytes`);
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return parse(text);
  } catch (error) {
    if (error instanceof CliError) throw error;
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return {};
    throw invalid(path, firstLine(error), error);
  }
}

function invalid(path: string, why: string, cause?: unknown): CliError {
  return new CliError('DITS_CLI_INVALID_CONFIG', `cannot read the settings in ${path}: ${why}`, {
    hint: `correct ${path}, or move it away`,
    cause,
  });
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '';
}

/** Writes the file anew; a crash leaves the old or the new one. */
export async function writeSettings(path: string, settings: TomlTable): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const draft = `${path}.${process.pid}.new`;
  try {
    const file = await open(draft, 'w', FILE_MODE);
    try {
      await file.writeFile(stringify(settings));
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

/** The parts of a dotted key. @throws CliError DITS_CLI_USAGE */
export function splitKey(key: string): readonly string[] {
  const parts = key.split('.');
  const middle = parts.slice(1, -1).join('.');
  const path = [parts[0] ?? '', ...(parts.length > 2 ? [middle] : []), parts.at(-1) ?? ''];
  if (!KEY_PATTERN.test(key) || path.some((part) => FORBIDDEN_NAMES.has(part))) {
    throw usageError(`"${key}" is no setting: write it as section.name, for example user.name`);
  }
  return path;
}

/** The value under a dotted key. */
export function lookUp(settings: TomlTable, key: string): SettingValue | undefined {
  let at: unknown = settings;
  for (const part of splitKey(key)) {
    if (!isTable(at) || !Object.hasOwn(at, part)) return undefined;
    at = at[part];
  }
  return isValue(at) ? at : undefined;
}

/** The settings with one value changed, or taken out when `value` is undefined. */
export function withSetting(
  settings: TomlTable,
  key: string,
  value: SettingValue | undefined,
): TomlTable {
  return change(settings, splitKey(key), value);
}

function change(
  table: TomlTable,
  [head = '', ...rest]: readonly string[],
  value: SettingValue | undefined,
): TomlTable {
  const { [head]: present, ...others } = table;
  if (rest.length === 0) return value === undefined ? others : { ...others, [head]: value };
  const inner = change(isTable(present) ? present : {}, rest, value);
  return Object.keys(inner).length === 0 ? others : { ...others, [head]: inner };
}

/** Every value with its dotted key, in the order of the file. */
export function listSettings(
  settings: TomlTable,
  prefix = '',
): readonly { readonly key: string; readonly value: SettingValue }[] {
  return Object.entries(settings).flatMap(([name, value]) => {
    const key = prefix === '' ? name : `${prefix}.${name}`;
    if (isTable(value)) return listSettings(value, key);
    return isValue(value) ? [{ key, value }] : [];
  });
}

/** What a user typed, as the kind of value that it looks like. */
export function parseValue(text: string): SettingValue {
  if (text === 'true' || text === 'false') return text === 'true';
  const number = Number(text);
  return /^-?\d{1,15}$/.test(text) && Number.isSafeInteger(number) ? number : text;
}

function isTable(value: unknown): value is TomlTable {
  return (
    typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date)
  );
}

function isValue(value: unknown): value is SettingValue {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}
