/**
 * Camera and image material, made by the programmes that studios use, in versions as an edit leaves them: each version is a
 * folder. Sizes are tens of megabytes, so that the whole section takes minutes.
 */
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { isInstalled } from '../other-tools/installed.ts';
import { runTool } from './run-tool.ts';

/** One kind of edit. */
export type DedupCase = {
  /** Unique; what `--only` looks for. */
  readonly name: string;
  /** What the row is called. */
  readonly title: string;
  /** Cheap enough for a run of three minutes. */
  readonly isQuick?: true;
  /** Programmes without which the case is left out. */
  readonly needs: readonly string[];
  /** Makes the versions in order below `folder` and returns their folders. */
  make(folder: string): Promise<readonly string[]>;
  /** Folders to compare for the ideal instead, one a version: what a container hides from every tool. */
  inside?:
    ((versions: readonly string[], folder: string) => Promise<readonly string[]>) | undefined;
};

/** The same bytes on every run, as far as the encoders allow. */
const EXACT = ['-fflags', '+bitexact', '-flags:v', '+bitexact', '-map_metadata', '-1'];

async function ffmpeg(...args: readonly string[]): Promise<void> {
  await runTool('ffmpeg', ['-nostdin', '-v', 'error', '-y', ...args]);
}

/** Folders v0, v1, … below `folder`. */
export function versionFolders(folder: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => {
    const path = join(folder, `v${index}`);
    rmSync(path, { recursive: true, force: true });
    mkdirSync(path, { recursive: true });
    return path;
  });
}

/** Two seconds of moving fractal with film grain and noise as sound: compresses as badly as what a camera sees. */
async function makeProRes(path: string): Promise<void> {
  const picture = 'mandelbrot=s=1920x1080:r=25:maxiter=150';
  const sound = 'anoisesrc=r=48000:seed=1:a=0.2';
  await ffmpeg(
    ...['-f', 'lavfi', '-i', picture, '-f', 'lavfi', '-i', sound, '-t', '2'],
    ...['-vf', 'noise=alls=6:all_seed=7', '-c:v', 'prores_ks', '-profile:v', '3'],
    ...['-c:a', 'pcm_s24le', ...EXACT, path],
  );
}

async function makeH264(path: string, original: string): Promise<void> {
  const video = ['-c:v', 'libx264', '-preset', 'veryfast', '-crf', '4', '-g', '25'];
  await ffmpeg('-i', original, ...video, '-pix_fmt', 'yuv420p', '-c:a', 'aac', ...EXACT, path);
}

type Codec = { readonly name: string; readonly ending: string };
const PRORES: Codec = { name: 'ProRes', ending: 'mov' };
const H264: Codec = { name: 'H.264', ending: 'mp4' };

/** Each codec is encoded once a run, beside the cases' own folders. */
async function original(folder: string, codec: Codec): Promise<string> {
  const shared = join(folder, '..', 'originals');
  mkdirSync(shared, { recursive: true });
  const camera = join(shared, 'camera.mov');
  if (!made.has(camera)) await makeProRes(camera);
  made.add(camera);
  if (codec === PRORES) return camera;
  const encoded = join(shared, 'camera.mp4');
  if (!made.has(encoded)) await makeH264(encoded, camera);
  made.add(encoded);
  return encoded;
}
const made = new Set<string>();

type Edit = {
  readonly name: string;
  readonly what: string;
  readonly ending?: string;
  readonly args: readonly string[];
};
const EDITS: readonly Edit[] = [
  {
    name: 'faststart',
    what: 'index moved to the head',
    args: ['-c', 'copy', '-movflags', '+faststart'],
  },
  { name: 'remux', what: 're-muxed to Matroska', ending: 'mkv', args: ['-c', 'copy'] },
  { name: 'trim', what: 'first second trimmed', args: ['-ss', '1', '-c', 'copy'] },
  {
    name: 'retag',
    what: 're-tagged',
    args: ['-c', 'copy', '-metadata', 'title=Shot 10', '-timecode', '01:00:00:00'],
  },
];

function containerCase(codec: Codec, edit: Edit): DedupCase {
  return {
    name: `${codec.ending}-${edit.name}`,
    title: `${codec.name}, ${edit.what}`,
    needs: ['ffmpeg'],
    async make(folder) {
      const [before, after] = versionFolders(folder, 2);
      const source = await original(folder, codec);
      cpSync(source, join(before!, `clip.${codec.ending}`));
      const target = join(after!, `clip.${edit.ending ?? codec.ending}`);
      const input = edit.args[0] === '-ss' ? edit.args.slice(0, 2) : [];
      const output = edit.args.slice(input.length);
      await ffmpeg(...input, '-i', source, ...output, ...EXACT.slice(0, 4), target);
      return [before!, after!];
    },
  };
}

type Sequence = {
  readonly title: string;
  readonly ending: string;
  readonly args: readonly string[];
};
const SEQUENCES: readonly Sequence[] = [
  {
    title: 'EXR sequence (half, zip), 4 of 18 frames changed, 2 added',
    ending: 'exr',
    args: ['-c:v', 'exr', '-compression', 'zip16', '-format', 'half'],
  },
  {
    title: 'DPX sequence, 4 of 18 frames changed, 2 added',
    ending: 'dpx',
    args: ['-pix_fmt', 'gbrp10be', '-c:v', 'dpx'],
  },
];
const FRAMES = 18;

/** The change is a rectangle, as a fixed matte or a new element is: the rest of a frame keeps its pixels. */
function sequenceCase({ title, ending, args }: Sequence): DedupCase {
  return {
    name: ending,
    title,
    needs: ['ffmpeg'],
    async make(folder) {
      const [before, after, redone] = versionFolders(folder, 3);
      const source = await original(folder, PRORES);
      // Ten bits all the way, so that nothing but the rectangle differs.
      const scaled = 'scale=1280:720,format=yuv422p10le';
      const element = 'color=c=red:s=200x150:r=25,format=yuv422p10le[b];';
      const over = '[a];[a][b]overlay=800:300:format=yuv422p10';
      const render = (filter: string, count: number, target: string): Promise<void> =>
        ffmpeg(
          ...['-i', source, '-filter_complex', filter, '-frames:v', String(count), ...args],
          ...[...EXACT, join(target, `shot.%04d.${ending}`)],
        );
      await render(`[0:v]${scaled}`, FRAMES, before!);
      await render(`[0:v]${scaled}`, FRAMES + 2, after!);
      await render(`${element}[0:v]${scaled}${over}`, 12, redone!);
      for (let frame = 9; frame <= 12; frame++) {
        const name = `shot.${String(frame).padStart(4, '0')}.${ending}`;
        cpSync(join(redone!, name), join(after!, name));
      }
      return [before!, after!];
    },
  };
}

const WAV_EDIT: DedupCase = {
  name: 'wav',
  isQuick: true,
  title: 'WAV, a second cut out, another made quieter',
  needs: ['ffmpeg'],
  async make(folder) {
    const [before, after] = versionFolders(folder, 2);
    const sound = 'anoisesrc=r=48000:seed=3:a=0.3:d=100';
    const file = join(before!, 'take.wav');
    const format = ['-ac', '2', '-c:a', 'pcm_s24le', ...EXACT];
    await ffmpeg('-f', 'lavfi', '-i', sound, ...format, file);
    const cut = "aselect='not(between(t,10,11))',asetpts=N/SR/TB";
    const quieter = "volume=enable='between(t,40,41)':volume=0.5";
    const filter = `${cut},${quieter}`;
    await ffmpeg('-i', file, '-af', filter, ...format, join(after!, 'take.wav'));
    return [before!, after!];
  },
};

/** ImageMagick's programme; since version 7 it has a name of its own. */
const IMAGE_MAGICK = isInstalled('magick') ? 'magick' : 'convert-im6.q16';

const PSD_SAVED_TWICE: DedupCase = {
  name: 'psd',
  title: 'PSD of 6 layers, one layer repainted',
  needs: [IMAGE_MAGICK],
  async make(folder) {
    const [before, after, layers] = versionFolders(folder, 3);
    const plasma = (name: string, seed: number): Promise<string> => {
      const size = ['-size', '1600x1200', '-seed', String(seed), 'plasma:fractal', '-depth', '8'];
      return runTool(IMAGE_MAGICK, [...size, join(layers!, `${name}.png`)]);
    };
    const names = ['a', 'b', 'c', 'd', 'e', 'f'];
    for (const [index, name] of names.entries()) await plasma(name, index + 1);
    const save = (parts: readonly string[], target: string): Promise<string> => {
      const files = parts.map((name) => join(layers!, `${name}.png`));
      return runTool(IMAGE_MAGICK, [...files, '-compress', 'RLE', join(target, 'comp.psd')]);
    };
    await save(['a', ...names], before!);
    const brush = ['-fill', 'white', '-draw', 'circle 800,600 900,600'];
    const painted = join(layers!, 'painted.png');
    await runTool(IMAGE_MAGICK, [join(layers!, 'd.png'), ...brush, painted]);
    await save(['a', 'a', 'b', 'c', 'painted', 'e', 'f'], after!);
    return [before!, after!];
  },
};

/** Everything but project files and source trees. */
export const REAL_MEDIA: readonly DedupCase[] = [
  ...[PRORES, H264].flatMap((codec) => EDITS.map((edit) => containerCase(codec, edit))),
  ...SEQUENCES.map(sequenceCase),
  PSD_SAVED_TWICE,
  WAV_EDIT,
];
