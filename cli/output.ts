/**
 * Where a verb's words go: the answer to stdout, everything else to stderr. With --json, stdout carries one JSON object
 * a line and nothing else (docs/cli.md, "Output").
 */
import { styleText } from 'node:util';

import { jsonLine } from './terminal/printable.ts';

/** A stream as the command line needs it: synchronous hand-over, and a callback when the bytes are gone. */
export interface TextTarget {
  readonly isTerminal: boolean;
  write(text: string): void;
  /** Resolves when everything written has been handed to the system. */
  flush(): Promise<void>;
}

export type OutputOptions = {
  readonly isJson: boolean;
  readonly isQuiet: boolean;
  readonly isVerbose: boolean;
  /** Whether stdout and stderr may carry colour: a terminal, and no NO_COLOR. */
  readonly isColoured: { readonly out: boolean; readonly error: boolean };
};

export type OutputDeps = {
  readonly out: TextTarget;
  readonly error: TextTarget;
  /** Called before text is written, so that a progress line can make room. */
  readonly beforeText: () => void;
};

export type Style = Parameters<typeof styleText>[0];

/** A JSON object with a name: one line of output. */
export type OutputEvent = { readonly event: string; readonly [field: string]: unknown };

/** Lines are gathered up to this size: a system call per line would dominate a listing of 100,000 files. */
const BUFFER_MAX_CHARACTERS = 64 * 1024;

export class Output {
  readonly options: OutputOptions;
  readonly #deps: OutputDeps;
  #buffer = '';
  #isFlushPlanned = false;
  #isClosed = false;

  constructor(deps: OutputDeps, options: OutputOptions) {
    this.#deps = deps;
    this.options = options;
  }

  /** True once the reader of stdout has gone: a listing may stop, other work goes on. */
  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** Called by the owner of the stream when a write failed because nobody reads. */
  readonly readerGone = (): void => {
    this.#isClosed = true;
    this.#buffer = '';
  };

  /** A line of the answer, for people. Text from outside must have gone through `printable`. */
  line(text = ''): void {
    if (!this.options.isJson) this.#add(`${text}\n`);
  }

  /** Text of the answer exactly as given. */
  text(text: string): void {
    if (!this.options.isJson) this.#add(text);
  }

  /** A sentence about what was done, which -q leaves out. */
  note(text: string): void {
    if (!this.options.isQuiet) this.line(text);
  }

  /** A line of the answer, for programmes; nothing without --json. */
  event(event: OutputEvent): void {
    if (this.options.isJson) this.#add(`${jsonLine(event)}\n`);
  }

  /** Something the user should know, on stderr. */
  warn(text: string): void {
    if (!this.options.isQuiet) this.#toError(`${this.errorStyle('yellow', 'note:')} ${text}\n`);
  }

  /** A line on stderr, whatever the options: errors, and logs that were asked for. */
  errorLine(text: string): void {
    this.#toError(`${text}\n`);
  }

  /** Colours text for stdout, where that is wanted. */
  style(style: Style, text: string): string {
    return this.options.isColoured.out ? paint(style, text) : text;
  }

  /** Colours text for stderr, where that is wanted. */
  errorStyle(style: Style, text: string): string {
    return this.options.isColoured.error ? paint(style, text) : text;
  }

  /** Resolves when everything written so far is out. */
  async flush(): Promise<void> {
    this.#writeBuffer();
    await Promise.all([this.#deps.out.flush(), this.#deps.error.flush()]);
  }

  #toError(text: string): void {
    this.#writeBuffer();
    this.#deps.beforeText();
    this.#deps.error.write(text);
  }

  #add(text: string): void {
    if (this.#isClosed) return;
    this.#buffer += text;
    if (this.#buffer.length >= BUFFER_MAX_CHARACTERS) {
      this.#writeBuffer();
    } else if (!this.#isFlushPlanned) {
      // The next turn of the event loop: a running node's first line must not wait for its second.
      this.#isFlushPlanned = true;
      setImmediate(() => this.#writeBuffer());
    }
  }

  #writeBuffer(): void {
    this.#isFlushPlanned = false;
    if (this.#buffer === '') return;
    const text = this.#buffer;
    this.#buffer = '';
    this.#deps.beforeText();
    this.#deps.out.write(text);
  }
}

function paint(style: Style, text: string): string {
  // The decision to colour was made by the caller, for a stream that styleText does not know.
  return styleText(style, text, { validateStream: false });
}
