import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fixtures } from '../fixtures.ts';
import { beatTimes, playMusic } from '../music/synthetic-music.ts';
import { wavFile } from '../music/wav-file.ts';
import { type CameraClip, movingClip } from './camera-clip.ts';
import { foreignRequests, launchChromium, screenshot } from './chromium.ts';
import { type ServerProcess, startServer } from './overlay-server-process.ts';
import { openStudio, press, untilState } from './studio.ts';

/** Milliseconds: eight seconds of movement are looked at, and a busy machine sees few of its frames. */
const PATIENCE = 90_000;
const SONG_BPM = 104;
/** Chromium's fake microphone beeps twice a second. */
const MICROPHONE_BPM = 120;

const DANCE = fixtures ? join(fixtures, 'videos', 'dance_phrase_talmolab.mp4') : '';

/** Two minutes with a known tempo, as a WAV file. */
async function song(): Promise<Buffer> {
  const samples = playMusic('house', beatTimes(SONG_BPM, 0.4, 120), 120, 22_050);
  return Buffer.from(await wavFile([samples], 22_050).arrayBuffer());
}

describe('dance in the studio', () => {
  const folder = mkdtempSync(join(tmpdir(), 'pose-coach-film-'));
  let clip: CameraClip;
  let browser: Browser;
  let server: ServerProcess;
  let studio: Page;
  let foreign: string[];
  const refused: string[] = [];

  /** What is to be read of a metric. */
  const tile = async (title: string): Promise<string> => {
    const text = await studio.locator('pose-metrics li').filter({ hasText: title }).first().textContent();
    return (text ?? '').replace(/\s+/g, ' ').trim();
  };
  const number = async (title: string): Promise<number> =>
    Number.parseFloat((await tile(title)).replace(title, ''));
  const tempo = async (): Promise<number> =>
    Number.parseInt((await studio.locator('pose-music .tempo').textContent()) ?? '', 10);

  beforeAll(async () => {
    if (!fixtures) return;
    clip = movingClip(DANCE);
    browser = await launchChromium({ camera: clip.file });
    server = await startServer();
    studio = await openStudio(browser, server.studio);
    await studio.context().grantPermissions(['camera', 'microphone']);
    foreign = foreignRequests(studio, server.host);
    studio.on('console', (message) => {
      if (/content security policy/i.test(message.text())) refused.push(message.text());
    });
    // Two cores have better things to do than to look for hands that nobody asks for.
    await studio.evaluate(() => document.querySelector('pose-coach')?.setAttribute('hands', 'false'));
    await press(studio, /start the camera/i);
    await untilState(studio, 'running');
  });

  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    clip?.dispose();
    rmSync(folder, { recursive: true, force: true });
  });

  beforeEach((context) => {
    if (!fixtures) context.skip('skipped: no fixtures (a real clip is needed in front of the camera)');
  });

  it('says how somebody moves in front of the camera, without a question', async () => {
    await expect.poll(() => tile('Movement'), { timeout: PATIENCE }).toMatch(/Dancing|Walking/);
    await expect.poll(() => number('Intensity'), { timeout: PATIENCE }).toBeGreaterThan(10);
    const activity = /Head \d+.*Torso \d+.*Left arm \d+.*Right arm \d+.*Left leg \d+.*Right leg \d+/;
    await expect.poll(() => tile('Activity of the body parts'), { timeout: PATIENCE }).toMatch(activity);
    expect(await tile('On the beat')).toContain('No music.');
    expect(await studio.getByRole('dialog').count()).toBe(0);
    await screenshot(studio, 'studio-dance');
  });

  it('hears the tempo of a song, and compares the dance with it', async () => {
    const buffer = await song();
    await studio
      .getByLabel('A file with music')
      .setInputFiles({ name: 'song.wav', mimeType: 'audio/wav', buffer });
    await expect.poll(tempo, { timeout: PATIENCE }).toBeGreaterThan(0);
    expect(Math.abs((await tempo()) - SONG_BPM)).toBeLessThan(0.03 * SONG_BPM);
    await expect.poll(() => tile('On the beat'), { timeout: PATIENCE }).not.toContain('No music.');
    await screenshot(studio, 'studio-dance-music');
  });

  it('hears the tempo of what the microphone hears, and nothing more after “Off”', async () => {
    await press(studio, /^microphone$/i);
    await expect.poll(tempo, { timeout: PATIENCE }).toBeGreaterThan(0);
    expect(Math.abs((await tempo()) - MICROPHONE_BPM)).toBeLessThan(0.03 * MICROPHONE_BPM);
    await press(studio, /^off$/i);
    expect(await studio.locator('pose-music .tempo').count()).toBe(0);
    await expect.poll(() => tile('On the beat'), { timeout: PATIENCE }).toContain('No music.');
  });

  it('hears the sound of a video that it looks at, which nobody else hears until then', async () => {
    const film = join(folder, 'film.mp4');
    const sound = join(folder, 'song.wav');
    writeFileSync(sound, await song());
    execFileSync('ffmpeg', [
      ...['-hide_banner', '-loglevel', 'error', '-y', '-stream_loop', '2', '-i', DANCE, '-i', sound],
      ...['-map', '0:v', '-map', '1:a', '-c:v', 'copy', '-c:a', 'aac', '-shortest', film],
    ]);
    expect(await studio.getByRole('button', { name: 'This video' }).count()).toBe(0);
    await press(studio, /^source$/i);
    await studio.getByLabel('Choose a video file or a recording').setInputFiles(film);
    await untilState(studio, 'running');
    await press(studio, /^this video$/i);
    await expect.poll(tempo, { timeout: PATIENCE }).toBeGreaterThan(0);
    expect(Math.abs((await tempo()) - SONG_BPM)).toBeLessThan(0.03 * SONG_BPM);
    const muted = () => studio.locator('pose-coach video').evaluate((video: HTMLVideoElement) => video.muted);
    expect(await muted()).toBe(false);
    await press(studio, /^off$/i);
    expect(await muted()).toBe(true);
  });

  it('has asked no other host, and violated no policy, in all of this', () => {
    expect(foreign).toEqual([]);
    expect(refused).toEqual([]);
  });
});
