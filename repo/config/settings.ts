/** The settings of a repository or a user: what `config.toml` may say (docs/configuration.md). */
import { parse, stringify, TomlError } from 'smol-toml';
import { RepoError } from '../repo-error.ts';

export type RemoteSettings = { readonly name: string; readonly address: string };
/** Where a branch is pulled from: a remote's name and the branch there. */
export type UpstreamSettings = { readonly remote: string; readonly merge: string };
export type UserSettings = {
  readonly name?: string | undefined;
  readonly email?: string | undefined;
};

/** A value that `dits config` reads and writes. */
export type SettingValue = string | number | boolean;

/** A section. Values may also be TOML's lists and times, which are kept and not used. */
type SettingsTable = Record<string, unknown>;

/** A settings file larger than this is not one. */
export const SETTINGS_MAX_BYTES: number = 1024 * 1024;
/** Sections in sections, lists among them. The deepest setting has three; what is read can then be written and listed. */
const NESTING_MAX = 16;

/**
 * One settings file. Sections that this version does not know are kept as they are; comments are not. Changed by
 * `set` and `unset` only, written by `updateSettings`.
 */
export class Settings {
  readonly #table: SettingsTable;
  readonly #file: string;

  private constructor(table: SettingsTable, file: string) {
    this.#table = table;
    this.#file = file;
  }

  /**
   * `file` is named in errors only.
   * @throws RepoError DITS_REPO_CONFIG_INVALID
   */
  static parse(text: string, file: string): Settings {
    try {
      const table = parse(text, { unsafeKeyBehaviour: 'throw' });
      if (isNestedDeeper(table, NESTING_MAX)) {
        throw new RepoError(
          'DITS_REPO_CONFIG_INVALID',
          `${file}: sections are nested more than ${NESTING_MAX} deep`,
          { path: file, hint: `correct or remove ${file}` },
        );
      }
      return new Settings(table, file);
    } catch (error) {
      if (!(error instanceof TomlError)) throw error;
      throw new RepoError(
        'DITS_REPO_CONFIG_INVALID',
        `${file}, line ${error.line}: ${firstLine(error.message)}`,
        { path: file, hint: `correct or remove ${file}; it is TOML`, cause: error },
      );
    }
  }

  toText(): string {
    return `${stringify(this.#table).trimEnd()}\n`;
  }

  /** Value at a dotted key such as `user.name` or `remote.origin.address`; undefined when unset. */
  get(key: string): SettingValue | undefined {
    let value: unknown = this.#table;
    for (const name of splitKey(key)) {
      if (!isTable(value) || !Object.hasOwn(value, name)) return undefined;
      value = value[name];
    }
    return isSetting(value) ? value : undefined;
  }

  /** @throws RepoError DITS_REPO_CONFIG_INVALID when it is set to anything but text */
  getText(key: string): string | undefined {
    const value = this.get(key);
    if (value === undefined || typeof value === 'string') return value;
    throw this.#invalid(`${key} must be text, not ${String(value)}`);
  }

  /** @throws RepoError DITS_REPO_CONFIG_INVALID when it is set to anything but true or false */
  getFlag(key: string): boolean | undefined {
    const value = this.get(key);
    if (value === undefined || typeof value === 'boolean') return value;
    throw this.#invalid(`${key} must be true or false, not ${String(value)}`);
  }

  set(key: string, value: SettingValue): void {
    const names = splitKey(key);
    let table = this.#table;
    for (const name of names.slice(0, -1)) {
      const inner = Object.hasOwn(table, name) ? table[name] : undefined;
      if (inner !== undefined && !isTable(inner)) throw this.#invalid(`${name} is not a section`);
      if (inner === undefined) table[name] = {};
      table = table[name] as SettingsTable;
    }
    table[names.at(-1)!] = value;
  }

  /** Removes a value or a whole section; false when there was none. */
  unset(key: string): boolean {
    const names = splitKey(key);
    let table = this.#table;
    for (const name of names.slice(0, -1)) {
      const inner = Object.hasOwn(table, name) ? table[name] : undefined;
      if (!isTable(inner)) return false;
      table = inner;
    }
    return Object.hasOwn(table, names.at(-1)!) && Reflect.deleteProperty(table, names.at(-1)!);
  }

  /** Every value with its dotted key, in file order. */
  list(): { readonly key: string; readonly value: SettingValue }[] {
    const found: { key: string; value: SettingValue }[] = [];
    const visit = (table: SettingsTable, prefix: string): void => {
      for (const [name, value] of Object.entries(table)) {
        const key = `${prefix}${name.includes('.') ? JSON.stringify(name) : name}`;
        if (isTable(value)) visit(value, `${key}.`);
        else if (isSetting(value)) found.push({ key, value });
      }
    };
    visit(this.#table, '');
    return found;
  }

  remotes(): RemoteSettings[] {
    return this.names('remote').map((name) => {
      const address = this.getText(`remote.${JSON.stringify(name)}.address`);
      if (address === undefined) throw this.#invalid(`remote ${name} has no address`);
      return { name, address };
    });
  }

  upstream(branch: string): UpstreamSettings | undefined {
    const section = `branch.${JSON.stringify(branch)}`;
    const remote = this.getText(`${section}.remote`);
    const merge = this.getText(`${section}.merge`);
    return remote === undefined || merge === undefined ? undefined : { remote, merge };
  }

  user(): UserSettings {
    return { name: this.getText('user.name'), email: this.getText('user.email') };
  }

  /** Names of the subsections of a section: of `remote`, the remotes. */
  names(section: string): string[] {
    const table = Object.hasOwn(this.#table, section) ? this.#table[section] : undefined;
    return isTable(table) ? Object.keys(table) : [];
  }

  #invalid(what: string): RepoError {
    return new RepoError('DITS_REPO_CONFIG_INVALID', `${this.#file}: ${what}`, {
      path: this.#file,
      hint: `correct it in ${this.#file}, or with: dits config`,
    });
  }
}

/** Components of a dotted key; a component with dots is written in double quotes: `remote."a.b".address`. */
function splitKey(key: string): string[] {
  const names = key.match(/"(?:[^"\\]|\\.)*"|[^."]+/g) ?? [];
  const plain = names.map((name) => (name.startsWith('"') ? unquote(name) : name));
  if (names.length === 0 || names.join('.') !== key || plain.some(isForbiddenName)) {
    throw new RepoError(
      'DITS_REPO_CONFIG_INVALID',
      `${JSON.stringify(key)} is not a setting's name`,
      {
        hint: 'a name looks like user.name or remote.origin.address',
      },
    );
  }
  return plain;
}

function unquote(name: string): string {
  try {
    return JSON.parse(name) as string;
  } catch {
    // Not an escape that JSON knows: an empty name is refused by the caller.
    return '';
  }
}

/** Only own properties are ever read, so that `constructor` is a name like others; assigning this one is not. */
function isForbiddenName(name: string): boolean {
  return name === '' || name === '__proto__';
}

function isTable(value: unknown): value is SettingsTable {
  if (typeof value !== 'object' || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** Looks no deeper than `levels`. */
function isNestedDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((inner) => isNestedDeeper(inner, levels - 1));
}

function isSetting(value: unknown): value is SettingValue {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? text;
}
