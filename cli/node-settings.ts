/** The settings of a node, from the user's file; flags win over it. */
import { resolveNodeSettings, type NodeSettings } from '../node/index.ts';
import type { CommandContext } from './command-context.ts';
import { readUserSettings } from './open-repository.ts';

const SECTION = 'node.';

/** @throws NodeError DITS_NODE_CONFIG_INVALID */
export async function readNodeSettings(
  context: Pick<CommandContext, 'home'>,
  flags: Readonly<Record<string, string | undefined>> = {},
): Promise<NodeSettings> {
  const settings = await readUserSettings(context);
  const fromFile = settings
    .list()
    .filter(({ key }) => key.startsWith(SECTION))
    .map(({ key, value }) => [key.slice(SECTION.length), value] as const);
  const fromFlags = Object.entries(flags).filter(([, value]) => value !== undefined);
  return resolveNodeSettings(Object.fromEntries([...fromFile, ...fromFlags]));
}
