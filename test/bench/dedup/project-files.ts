/** Documents that a person saves again and again, and two releases of a source tree. */
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { DedupCase } from './real-media.ts';
import { versionFolders } from './real-media.ts';
import { runTool } from './run-tool.ts';

const SAVES = 20;
/** Blender is started anew after this many saves: addresses that it writes into the file then change. */
const SAVES_PER_SESSION = 5;

/** Makes or opens the scene, then edits and saves it as often as told; Blender's own Python. */
const BLENDER_SCRIPT = `
import bpy, random, sys
first, count, folder, compress, source = sys.argv[sys.argv.index('--') + 1:]
random.seed(int(first))
if source:
    bpy.ops.wm.open_mainfile(filepath=source)
else:
    bpy.ops.wm.read_factory_settings(use_empty=True)
    for index in range(24):
        bpy.ops.mesh.primitive_uv_sphere_add(segments=64, ring_count=48, location=(index % 6 * 3, index // 6 * 3, 0))
        for vertex in bpy.context.object.data.vertices:
            vertex.co += vertex.co * random.uniform(-0.05, 0.05)
bpy.context.preferences.filepaths.save_version = 0
for save in range(int(first), int(first) + int(count)):
    if save > 0:
        things = [thing for thing in bpy.data.objects if thing.type == 'MESH']
        chosen = things[save % len(things)]
        chosen.location.z += 0.25
        chosen.keyframe_insert('location', frame=save)
        for vertex in list(chosen.data.vertices)[:40]:
            vertex.co.z += 0.01
    bpy.ops.wm.save_as_mainfile(filepath=f'{folder}/v{save}/scene.blend', compress=compress == 'yes', check_existing=False)
`;

function blenderCase(name: string, title: string, compress: 'yes' | 'no'): DedupCase {
  return {
    ...{ name, title },
    needs: ['blender'],
    async make(folder) {
      const versions = versionFolders(folder, SAVES);
      const script = join(folder, 'edit.py');
      writeFileSync(script, BLENDER_SCRIPT);
      for (let first = 0; first < SAVES; first += SAVES_PER_SESSION) {
        const source = first === 0 ? '' : join(versions[first - 1]!, 'scene.blend');
        const given = [String(first), String(SAVES_PER_SESSION), folder, compress, source];
        const args = ['--background', '--factory-startup', '--python-exit-code', '1'];
        await runTool('blender', [...args, '--python', script, '--', ...given]);
      }
      return versions;
    },
    inside: compress === 'yes' ? inflatedBlend : undefined,
  };
}

/** Blender's compression is a sequence of zstd frames. */
async function inflatedBlend(versions: readonly string[], folder: string): Promise<string[]> {
  const targets = versionFolders(join(folder, 'inside'), versions.length);
  for (const [index, version] of versions.entries()) {
    const file = join(version, 'scene.blend');
    await runTool('zstd', ['-q', '-d', file, '-o', join(targets[index]!, 'scene.blend')]);
  }
  return targets;
}

const XML_CLIPS = 30_000;
/** Edits between two saves of the timeline. */
const XML_EDITS = 12;

/** A timeline in XML as editors write it, gzip around it as Premiere does; numbers from a fixed generator. */
const ZIPPED_XML: DedupCase = {
  name: 'xml-gzip',
  title: `timeline XML, gzip (as .prproj), saved ${SAVES} times`,
  needs: [],
  make: (folder) => Promise.resolve(saveTimelines(folder, 'cut.prproj', (text) => gzipSync(text))),
  inside: (versions, folder) => {
    const targets = versionFolders(join(folder, 'inside'), versions.length);
    for (const [index, version] of versions.entries()) {
      const bytes = readFileSync(join(version, 'cut.prproj'));
      writeFileSync(join(targets[index]!, 'cut.xml'), gunzipSync(bytes));
    }
    return Promise.resolve(targets);
  },
};

const PLAIN_XML: DedupCase = {
  name: 'xml',
  title: `timeline XML, plain (as .kdenlive, .fcpxml), saved ${SAVES} times`,
  needs: [],
  make: (folder) => Promise.resolve(saveTimelines(folder, 'cut.xml', (text) => Buffer.from(text))),
};

function saveTimelines(folder: string, name: string, pack: (text: string) => Buffer): string[] {
  const versions = versionFolders(folder, SAVES);
  let state = 12_345;
  const next = (below: number): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return (state >>> 8) % below;
  };
  const clip = (): string =>
    `  <clip id="${next(1 << 24)}" name="A${next(400)}_C${next(900)}" start="${next(2_000_000)}" duration="${next(5000)}">\n` +
    `    <param name="opacity" value="${next(1000) / 1000}"/><param name="gain" value="${next(600) / 100}"/>\n  </clip>\n`;
  const clips = Array.from({ length: XML_CLIPS }, clip);
  for (const version of versions) {
    const text = `<?xml version="1.0"?>\n<timeline>\n${clips.join('')}</timeline>\n`;
    writeFileSync(join(version, name), pack(text));
    for (let edit = 0; edit < XML_EDITS; edit++) clips.splice(next(clips.length), next(2), clip());
  }
  return versions;
}

/** Neighbouring Debian releases of one kernel; both are on the mirrors as long as their suite is. */
const LINUX_RELEASES = ['6.1.190-1', '6.1.192-1'];
/**
 * A part of the tree, some 100 MB, keeps every tool under half a minute. Not net or include: they have files whose names
 * differ in case alone, which we refuse.
 */
const LINUX_FOLDERS = ['fs', 'kernel', 'mm', 'sound'];

/** The .tar.xz of a release, fetched once into a folder that stays. @throws when the package can not be had */
async function linuxArchive(release: string): Promise<string> {
  const folder = join(tmpdir(), 'dits-bench-linux-source', release);
  const archive = join(folder, 'usr/src/linux-source-6.1.tar.xz');
  if (existsSync(archive)) return archive;
  mkdirSync(folder, { recursive: true });
  await runTool('apt-get', ['download', `linux-source-6.1=${release}`], { cwd: folder });
  const packages = readdirSync(folder).filter((name) => name.endsWith('.deb'));
  await runTool('dpkg-deb', ['-x', join(folder, packages[0]!), folder]);
  return archive;
}

async function unpackLinux(archives: readonly string[], targets: readonly string[]): Promise<void> {
  for (const [index, archive] of archives.entries()) {
    const parts = LINUX_FOLDERS.map((name) => `linux-source-6.1/${name}`);
    await runTool('tar', ['-xJf', archive, '-C', targets[index]!, ...parts]);
  }
}

const LINUX_TREE: DedupCase = {
  name: 'linux-tree',
  title: `linux-source ${LINUX_RELEASES.join(' and ')}, ${LINUX_FOLDERS.join(', ')} unpacked`,
  needs: ['apt-get', 'dpkg-deb', 'xz'],
  async make(folder) {
    const versions = versionFolders(folder, LINUX_RELEASES.length);
    await unpackLinux(await Promise.all(LINUX_RELEASES.map(linuxArchive)), versions);
    return versions;
  },
};

const LINUX_ARCHIVE: DedupCase = {
  name: 'linux-tar-xz',
  title: `linux-source ${LINUX_RELEASES.join(' and ')}, as .tar.xz`,
  needs: ['apt-get', 'dpkg-deb', 'xz'],
  async make(folder) {
    const versions = versionFolders(folder, LINUX_RELEASES.length);
    for (const [index, release] of LINUX_RELEASES.entries()) {
      const archive = await linuxArchive(release);
      cpSync(archive, join(versions[index]!, basename(archive)));
    }
    return versions;
  },
  async inside(_versions, folder) {
    const targets = versionFolders(join(folder, 'inside'), LINUX_RELEASES.length);
    const archives = await Promise.all(LINUX_RELEASES.map(linuxArchive));
    for (const [index, archive] of archives.entries()) {
      await runTool('sh', ['-c', 'xz -dc "$0" > "$1"/linux.tar', archive, targets[index]!]);
    }
    return targets;
  },
};

export const PROJECT_FILES: readonly DedupCase[] = [
  blenderCase('blend', `.blend, not compressed, saved ${SAVES} times`, 'no'),
  blenderCase('blend-zstd', `.blend, compressed, saved ${SAVES} times`, 'yes'),
  PLAIN_XML,
  ZIPPED_XML,
  LINUX_TREE,
  LINUX_ARCHIVE,
];
