import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createConnection, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OBSWebSocket } from 'obs-websocket-js/json';
import { findProgram } from '../browsers.ts';
import { findXvfb, type Screen, startScreen } from '../e2e/xvfb.ts';

/** What tests say that need an OBS where there is none. */
export const NO_OBS = 'skipped: no OBS on this machine (it needs obs-studio and xvfb)';

/** The password in the settings of a test's OBS. */
export const OBS_PASSWORD = 'a password of nobody';

/** Size of the picture that a test's OBS makes: that of the screen it runs on, so that captures need no scaling. */
export const OBS_CANVAS = { width: 1280, height: 720 };
export const OBS_FRAMES_PER_SECOND = 30;

/** Milliseconds that OBS has to open its port: ten seconds here, and more on a machine that does other things. */
const READY_WITHIN = 90_000;

/** Whether real OBS can be started here. */
export function hasObs(): boolean {
  return findObs() !== undefined && findXvfb() !== undefined;
}

function findObs(): string | undefined {
  return findProgram(process.env.OBS_PATH, ['obs']);
}

/** OBS Studio itself, in a window that nobody sees, with settings of its own. */
export interface RealObs {
  /** `ws://127.0.0.1:…` */
  readonly address: string;
  readonly password: string;
  /** Its `HOME`, with its settings below. */
  readonly home: string;
  /** Where it records to. */
  readonly recordings: string;
  /** For windows that it should see: `:101`. */
  readonly display: string;
  /** Asks it something over a connection of its own, past what is tested. */
  readonly ask: OBSWebSocket['call'];
  /** Ends it as a crash does. */
  kill(): Promise<void>;
  /** Starts it again, with the same settings and port. */
  start(): Promise<void>;
  /** Ends it and its screen, and removes its files. */
  close(): Promise<void>;
}

/** Starts OBS, and waits until it can be connected to. @throws Error when it does not start */
export async function startObs(): Promise<RealObs> {
  const program = findObs();
  if (!program) throw new Error('No OBS on this machine: install obs-studio.');
  const screen = await startScreen();
  const home = mkdtempSync(join(tmpdir(), 'pose-coach-obs-'));
  const recordings = join(home, 'recordings');
  const port = await freePort();
  writeSettings(home, recordings, port);
  let child: ChildProcess | undefined;

  const address = `ws://127.0.0.1:${port}`;
  const ask: OBSWebSocket['call'] = async (request, data) => {
    const socket = new OBSWebSocket();
    await socket.connect(address, OBS_PASSWORD);
    try {
      return await socket.call(request, data);
    } finally {
      await socket.disconnect();
    }
  };
  const start = async () => {
    child = launch(program, screen, home);
    await untilListening(child, port);
  };
  const kill = async () => {
    if (child) await end(child);
    child = undefined;
  };
  const close = async () => {
    await kill();
    await screen.close();
    rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    await start();
  } catch (error) {
    await close();
    throw error;
  }
  return {
    address,
    password: OBS_PASSWORD,
    home,
    recordings,
    display: screen.display,
    ask,
    kill,
    start,
    close,
  };
}

function launch(program: string, screen: Screen, home: string): ChildProcess {
  return spawn(program, ['--multi', '--minimize-to-tray', '--disable-updater', '--disable-shutdown-check'], {
    env: {
      PATH: process.env.PATH,
      LANG: 'C.UTF-8',
      DISPLAY: screen.display,
      HOME: home,
      XDG_RUNTIME_DIR: join(home, 'run'),
      LIBGL_ALWAYS_SOFTWARE: '1',
    },
    stdio: 'ignore',
  });
}

function writeSettings(home: string, recordings: string, port: number): void {
  const settings = join(home, '.config', 'obs-studio');
  const profile = join(settings, 'basic', 'profiles', 'Untitled');
  for (const folder of [profile, recordings]) mkdirSync(folder, { recursive: true });
  mkdirSync(join(home, 'run'), { mode: 0o700 });
  const { width, height } = OBS_CANVAS;
  writeFileSync(
    join(settings, 'global.ini'),
    [
      '[General]',
      'FirstRun=true',
      '[Basic]',
      'Profile=Untitled',
      'ProfileDir=Untitled',
      'SceneCollection=Untitled',
      'SceneCollectionFile=Untitled',
      '[OBSWebSocket]',
      'FirstLoad=false',
      'ServerEnabled=true',
      `ServerPort=${port}`,
      'AuthRequired=true',
      `ServerPassword=${OBS_PASSWORD}`,
      '',
    ].join('\n'),
  );
  writeFileSync(
    join(profile, 'basic.ini'),
    [
      '[General]',
      'Name=Untitled',
      '[Video]',
      `BaseCX=${width}`,
      `BaseCY=${height}`,
      `OutputCX=${width}`,
      `OutputCY=${height}`,
      'FPSType=1',
      `FPSInt=${OBS_FRAMES_PER_SECOND}`,
      '[Output]',
      'Mode=Simple',
      '[SimpleOutput]',
      `FilePath=${recordings}`,
      'RecFormat=mkv',
      'RecQuality=Stream',
      'StreamEncoder=x264',
      'Preset=ultrafast',
      '',
    ].join('\n'),
  );
}

/** A port that is free now: OBS cannot be told to choose one. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('No port was given.');
  return address.port;
}

async function untilListening(child: ChildProcess, port: number): Promise<void> {
  const giveUpAt = Date.now() + READY_WITHIN;
  for (;;) {
    if (child.exitCode !== null)
      throw new Error(`OBS ended with code ${child.exitCode} before it was ready.`);
    if (await canConnect(port)) return;
    if (Date.now() > giveUpAt) throw new Error('OBS did not open its port.');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

function canConnect(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ host: '127.0.0.1', port });
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

function end(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    child.once('exit', () => resolve());
    child.kill('SIGKILL');
  });
}
