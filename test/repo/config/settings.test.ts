import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import {
  Settings,
  addRemote,
  listRemotes,
  openRepository,
  readSettings,
  removeRemote,
  setUpstream,
  trackingRef,
} from '../../../repo/index.ts';
import { codeOf, repositoryFixture } from '../repository-fixture.ts';

describe('Settings', () => {
  it('keep what they do not know and change what they are told', () => {
    const text =
      'top = 1\n[user]\nname = "Ada"\n[future]\nlist = [1, 2]\nwhen = 2026-01-01T00:00:00Z\n';
    const settings = Settings.parse(text, 'config.toml');
    settings.set('user.email', 'ada@example.org');
    settings.set('remote."a.b".address', 'dits://host/x');
    const again = Settings.parse(settings.toText(), 'config.toml');
    assert.deepEqual(again.user(), { name: 'Ada', email: 'ada@example.org' });
    assert.deepEqual(again.remotes(), [{ name: 'a.b', address: 'dits://host/x' }]);
    assert.match(again.toText(), /2026-01-01/);
    assert.deepEqual(
      again.list().map(({ key }) => key),
      ['top', 'user.name', 'user.email', 'remote."a.b".address'],
    );
    assert.equal(again.unset('remote."a.b"'), true);
    assert.equal(again.unset('remote."a.b"'), false);
    assert.equal(again.get('remote."a.b".address'), undefined);
  });

  it('say where a file is wrong, and which setting has the wrong type', () => {
    assert.throws(() => Settings.parse('[user]\nname = \n', 'my.toml'), {
      code: 'DITS_REPO_CONFIG_INVALID',
      message: /my\.toml, line 2/,
    });
    assert.throws(() => Settings.parse('[user]\nname = 3\n', 'my.toml').user(), {
      code: 'DITS_REPO_CONFIG_INVALID',
      message: /user\.name must be text/,
    });
  });

  it('refuse keys that are none, and never touch prototypes', () => {
    const settings = Settings.parse('', 'x');
    for (const key of ['', '.', 'a.', '.a', 'a..b', '__proto__.x', '"unclosed']) {
      assert.throws(() => settings.set(key, 1), { code: 'DITS_REPO_CONFIG_INVALID' }, key);
    }
    assert.throws(() => Settings.parse('__proto__ = { x = 1 }', 'x'), {
      code: 'DITS_REPO_CONFIG_INVALID',
    });
    assert.equal(({} as Record<string, unknown>)['x'], undefined);
    assert.equal(settings.get('toString'), undefined);
  });
});

describe('remotes', () => {
  const fixture = repositoryFixture();

  it('are added, listed and removed with everything that hangs on them', async () => {
    const { repository, write, record } = fixture();
    write('a', '1');
    const first = await record('First');
    await addRemote(repository, { name: 'origin', address: 'dits://studio/film' });
    assert.equal(
      await codeOf(addRemote(repository, { name: 'origin', address: 'x' })),
      'DITS_REPO_REMOTE_EXISTS',
    );
    for (const name of ['', '-x', 'a/b', '..', 'a b', 'x'.repeat(65)]) {
      assert.equal(
        await codeOf(addRemote(repository, { name, address: 'x' })),
        'DITS_REPO_REMOTE_INVALID',
      );
    }
    await setUpstream(repository, 'main', { remote: 'origin', merge: 'main' });
    const name = trackingRef('origin', 'main');
    await repository.store.refs.update([{ name, target: first }], { actor: 't', reason: 't' });
    const reopened = await openRepository(repository.tree.root);
    assert.deepEqual(listRemotes(reopened), [{ name: 'origin', address: 'dits://studio/film' }]);
    assert.deepEqual(reopened.config.upstream('main'), { remote: 'origin', merge: 'main' });
    await removeRemote(reopened, 'origin');
    assert.equal(await reopened.store.refs.get(name), undefined);
    assert.equal(reopened.config.upstream('main'), undefined);
    await assert.rejects(removeRemote(reopened, 'orgin'), { code: 'DITS_REPO_REMOTE_NOT_FOUND' });
    await reopened.close();
  });

  it('survive changes from two sides at once', async () => {
    const { repository } = fixture();
    const names = Array.from({ length: 8 }, (_, at) => `peer-${at}`);
    await Promise.all(names.map((name) => addRemote(repository, { name, address: 'x' })));
    const settings = await readSettings(repository.layout.configFile);
    assert.deepEqual(
      settings
        .remotes()
        .map((remote) => remote.name)
        .sort(),
      names,
    );
  });

  it('are not guessed from a damaged file', async () => {
    const { repository } = fixture();
    writeFileSync(repository.layout.configFile, 'remote = [');
    assert.equal(await codeOf(openRepository(repository.tree.root)), 'DITS_REPO_CONFIG_INVALID');
    assert.equal(
      await codeOf(addRemote(repository, { name: 'origin', address: 'x' })),
      'DITS_REPO_CONFIG_INVALID',
    );
    assert.equal(readFileSync(repository.layout.configFile, 'utf8'), 'remote = [');
  });
});
