import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { fixturePath } from './fixture-path.ts';

type Packages = Readonly<Record<string, string>>;

function packagesOf(section: string): string[] {
  const names: string[] = [];
  for (const [, cell] of section.matchAll(/^\| (`.+?) +\|/gm)) {
    for (const [, name] of cell!.matchAll(/`([^`]+)`/g)) names.push(name!);
  }
  return names.sort();
}

describe('docs/dependencies.md', () => {
  const text = readFileSync(fixturePath('../docs/dependencies.md'), 'utf8');
  const [, atRunTime, forDevelopment] = text.split(/^## /m);
  const manifest = JSON.parse(readFileSync(fixturePath('../package.json'), 'utf8')) as {
    readonly dependencies: Packages;
    readonly devDependencies: Packages;
  };

  it('names every package that is needed at run time, and no other', () => {
    assert.deepEqual(packagesOf(atRunTime!), Object.keys(manifest.dependencies).sort());
  });

  it('names every package that is needed for development, and no other', () => {
    const installed = Object.keys(manifest.devDependencies).map((name) =>
      name.startsWith('@types/') ? '@types/*' : name,
    );
    assert.deepEqual(packagesOf(forDevelopment!), [...new Set(installed)].sort());
  });
});
