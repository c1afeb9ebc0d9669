/** `NAME/REPO`: a repository of a known peer, wherever it is now (docs/cli.md, "Addresses"). */
import { access } from 'node:fs/promises';
import { resolve } from 'node:path';

import { TrustFile, repositoryNameProblem } from '../../node/index.ts';
import type { CommandContext } from '../command-context.ts';

const NAME_AND_REPOSITORY = /^([^/\\]+)\/([^/\\]+)$/;

/**
 * The address behind a word: that of the peer, when the word is the name of a known one and of a repository and there
 * is no such path here; anything else as it is.
 */
export async function addressOfWord(context: CommandContext, word: string): Promise<string> {
  const [, name, repository] = NAME_AND_REPOSITORY.exec(word) ?? [];
  if (name === undefined || repository === undefined) return word;
  if (repositoryNameProblem(repository) !== undefined) return word;
  if (await exists(resolve(context.cwd, word))) return word;
  const trust = new TrustFile(context.home, { now: () => new Date() });
  const peer = (await trust.read()).find(name);
  return peer === undefined ? word : `dits://${peer.peerId}/${repository}`;
}

async function exists(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch {
    // Absent, or not to be looked at: no path to prefer to a peer's name.
    return false;
  }
}
