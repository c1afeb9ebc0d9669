/** What verbs that write the working tree say when they are done. */
import type { SwitchResult } from '../repo/index.ts';
import type { CommandContext } from './command-context.ts';
import { shortId } from './terminal/commit-text.ts';
import { printable } from './terminal/printable.ts';
import { formatBytes, formatCount } from './terminal/quantities.ts';

/** The JSON fields of a checkout. */
export function checkoutFields(result: SwitchResult): Readonly<Record<string, unknown>> {
  const { head = null, branch = null, written, removed, bytes } = result;
  return { head, branch, written, removed, bytes };
}

/** Says where the working tree is now. */
export function printSwitch({ output }: CommandContext, result: SwitchResult): void {
  const { head, branch, written, removed, bytes } = result;
  output.note(
    branch === undefined
      ? `HEAD is now at ${shortId(head ?? '')}, on no branch`
      : `On branch ${printable(branch)}`,
  );
  if (written + removed === 0) return;
  output.note(
    `${formatCount(written, 'file')} written (${formatBytes(bytes)}), ${removed} removed`,
  );
}
