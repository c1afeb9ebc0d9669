/** A node's log on stderr: one line an event, for people and for `grep`. */
import type { LogFields, Logger } from '../node/index.ts';
import type { Output } from './output.ts';
import { printable } from './terminal/printable.ts';

/** Debug lines are written with -v, information unless -q, warnings always. */
export function createStderrLogger(output: Output, now: () => Date): Logger {
  const { isVerbose, isQuiet } = output.options;
  const write = (level: string, event: string, fields: LogFields = {}): void => {
    const shown = Object.entries(fields)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => `${name}=${valueText(value)}`);
    output.errorLine([now().toISOString(), level, printable(event), ...shown].join(' '));
  };
  return {
    debug: (event, fields) => {
      if (isVerbose) write('debug', event, fields);
    },
    info: (event, fields) => {
      if (!isQuiet) write('info', event, fields);
    },
    warn: (event, fields) => write('warn', event, fields),
  };
}

/** Values with spaces are quoted, so that a line can be split again. */
function valueText(value: LogFields[string]): string {
  const text = printable(String(value));
  return /^[^\s"=]+$/.test(text) ? text : JSON.stringify(text);
}
