import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { DanceSummary } from '@pose-coach/extension-dance';
import type { Browser } from 'playwright-core';
import { bundleWithEsbuild, writePage } from './bundle-app.ts';
import { installApp } from './installed-app.ts';
import { serveStatic } from './static-server.ts';

const extension = fileURLToPath(new URL('../../packages/extension-dance/', import.meta.url));

/** A clip of the fixtures, and how it is looked at. */
export interface Clip {
  /** A file in `videos/` of the fixtures. */
  readonly file: string;
  readonly model: 'lite' | 'full';
  /** Default: 1. */
  readonly maxPoses?: number;
  /** Seconds from the beginning; default: all of it. */
  readonly seconds?: number;
}

/** H.264 in MP4 for a page that decodes it by itself: where each picture's bytes are and when it is shown. */
export interface ClipPackets extends Omit<Clip, 'file' | 'seconds'> {
  readonly address: string;
  /** As `VideoDecoder` wants it: `avc1.640028`. */
  readonly codec: string;
  /** The decoder's configuration (`avcC`), in base64. */
  readonly description: string;
  /** In decoding order. */
  readonly packets: readonly {
    /** Bytes from the beginning of the file. */
    readonly at: number;
    readonly size: number;
    /** Milliseconds of media time. */
    readonly timestamp: number;
    readonly key: boolean;
  }[];
}

/** A live reading of one person. */
export interface Moment {
  readonly poseId: number;
  /** Milliseconds of media time. */
  readonly timestamp: number;
}

/** What was said live. */
export interface Said {
  /** Undefined while it is unknown. */
  readonly movements: readonly (Moment & { readonly movement?: string })[];
  readonly intensities: readonly (Moment & { readonly value: number })[];
}

/** And at the end. */
export interface Summed extends Said {
  readonly summary: DanceSummary;
}

export interface ClipAnalysis extends Summed {
  readonly frames: number;
  readonly withPeople: number;
}

export interface CameraAnalysis extends Summed {
  /** Of the same frames, without camera and host. */
  readonly again: Summed;
  readonly first: number;
  readonly last: number;
  readonly frames: number;
  /** Camera frames that came while the engine was busy. */
  readonly dropped: number;
  readonly state: string;
  readonly trust: string;
  /** Why the extension failed, if it did. */
  readonly failure?: string;
}

/** What `apps/dance-clips.js` puts on its window. */
interface DancePage {
  analyseClip(clip: ClipPackets): Promise<ClipAnalysis>;
  coachCamera(order: { model: 'lite' | 'full'; seconds: number }): Promise<CameraAnalysis>;
}

declare const window: DancePage;

/** The app `apps/dance-clips.js`, installed and bundled as by somebody who uses the packages, and served. */
export interface DanceApp {
  analyse(browser: Browser, videos: string, clip: Clip): Promise<ClipAnalysis>;
  coach(browser: Browser, order: { model: 'lite' | 'full'; seconds: number }): Promise<CameraAnalysis>;
  dispose(): void;
}

/** Builds the app and serves it. The packages must have been built. */
export async function serveDanceApp(): Promise<DanceApp> {
  const app = await installApp('dance-clips');
  const installed = join(app.root, 'node_modules/@pose-coach/extension-dance');
  for (const each of ['dist', 'package.json']) {
    cpSync(join(extension, each), join(installed, each), { recursive: true });
  }
  const rxjs = fileURLToPath(new URL('../../packages/core/node_modules/rxjs', import.meta.url));
  const ours = join(app.root, 'node_modules/rxjs');
  rmSync(ours, { force: true });
  symlinkSync(realpathSync(rxjs), ours);
  const bundle = await bundleWithEsbuild(app, 'split');
  const page = join(app.root, 'page');
  writePage(page, `/scripts/${bundle.script}`, bundle.module);
  const films = mkdtempSync(join(tmpdir(), 'pose-coach-films-'));
  const server = await serveStatic({
    '/': page,
    '/scripts/': bundle.folder,
    '/assets/': app.assets,
    '/films/': films,
    '/extension.json': join(installed, 'package.json'),
  });
  const open = async (browser: Browser) => {
    const tab = await browser.newPage();
    await tab.goto(`${server.origin}/`);
    await tab.waitForFunction(() => 'analyseClip' in window);
    return tab;
  };
  return {
    analyse: async (browser, videos, clip) => {
      const packets = packetsOf(join(videos, clip.file), films, clip);
      const tab = await open(browser);
      try {
        return await tab.evaluate((it) => window.analyseClip(it), packets);
      } finally {
        await tab.close();
      }
    },
    coach: async (browser, order) => {
      const tab = await open(browser);
      try {
        return await tab.evaluate((it) => window.coachCamera(it), order);
      } finally {
        await tab.close();
      }
    },
    dispose: () => {
      server.close();
      rmSync(films, { recursive: true, force: true });
      app.dispose();
    },
  };
}

/** Puts the clip where it is served: H.264 as it is, anything else encoded anew with next to no loss. */
function packetsOf(video: string, folder: string, { seconds, model, maxPoses, file }: Clip): ClipPackets {
  const name = `${file.replace(/\.\w+$/, '')}.mp4`;
  const film = join(folder, name);
  const length = seconds === undefined ? [] : ['-t', String(seconds)];
  const encoding = file.endsWith('.mp4')
    ? ['-c:v', 'copy']
    : ['-c:v', 'libx264', '-preset', 'veryfast', '-crf', '10', '-pix_fmt', 'yuv420p'];
  execFileSync('ffmpeg', [
    ...['-hide_banner', '-loglevel', 'error', '-y', '-i', video, ...length, '-an', ...encoding, film],
  ]);
  const listing = execFileSync(
    'ffprobe',
    [
      ...['-v', 'error', '-select_streams', 'v:0', '-of', 'json'],
      ...['-show_entries', 'packet=pts_time,pos,size,flags', film],
    ],
    { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
  );
  const { packets } = JSON.parse(listing) as {
    readonly packets: readonly { pts_time: string; pos: string; size: string; flags: string }[];
  };
  const description = decoderConfiguration(readFileSync(film));
  return {
    address: `/films/${name}`,
    model,
    ...(maxPoses === undefined ? {} : { maxPoses }),
    codec: `avc1.${description.subarray(1, 4).toString('hex')}`,
    description: description.toString('base64'),
    packets: packets.map(({ pts_time, pos, size, flags }) => ({
      at: Number(pos),
      size: Number(size),
      timestamp: 1000 * Number(pts_time),
      key: flags.startsWith('K'),
    })),
  };
}

/** The content of the box `avcC`: its size stands in the four bytes before its name (ISO/IEC 14496-12, 4.2). */
function decoderConfiguration(film: Buffer): Buffer {
  const name = film.indexOf('avcC');
  if (name < 4) throw new Error('The film has no H.264 in it.');
  return film.subarray(name + 4, name - 4 + film.readUInt32BE(name - 4));
}
