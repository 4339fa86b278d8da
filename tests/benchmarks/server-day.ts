// The overlay server's memory after a day's worth of a show, as fast as it can be sent: frames, readings, cues, people
// who come and go, jumps in time, a trigger that fires, an editor that changes the stage. What grows would show.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { WebSocket } from 'ws';
import { encodeWireFrame } from '../../packages/core/src/codec/index.ts';
import { syntheticBody, syntheticFrame, syntheticPose } from '../synthetic-pose.ts';
import { median, print } from './report.ts';
import type { DayAnswer } from './server/day-relay.ts';

/** Hours of the show. */
const HOURS = Number(process.env.BENCH_HOURS ?? 24);
/** Frames a second, and frames between two messages of readings. */
const RATE = 30;
const FRAMES_PER_READINGS = 3;
/** Frames after which the server is waited for, so that nothing piles up on the way. */
const BUNDLE = 300;
/** Readings of memory in an hour of the show. */
const SAMPLES = 4;
/** Memory in use at the end over that after the first hours: what a day may add. */
const BUDGET = 1.05;

const TOKEN = 'a-token-for-the-benchmark';

const relay = fork(new URL('./server/day-relay.ts', import.meta.url), [TOKEN], { execArgv: ['--expose-gc'] });
const told = async () => ((await once(relay, 'message')) as [DayAnswer])[0];
const listening = await told();
if (listening.kind !== 'listening') throw new Error('The server does not listen.');
const { url } = listening;

let isOver = false;

async function join(role: string): Promise<WebSocket> {
  const socket = new WebSocket(url);
  await once(socket, 'open');
  socket.once('close', (code, reason) => {
    if (!isOver) throw new Error(`The server closed the ${role}: ${code} ${String(reason)}`);
  });
  socket.send(JSON.stringify({ type: 'hello', version: 1, role, channel: 'main', token: TOKEN }));
  return socket;
}

/** Waits until the server has worked through everything that was sent on a connection. */
async function settled(socket: WebSocket): Promise<void> {
  const sentAt = Math.random();
  const pong = new Promise<void>((resolve) => {
    const read = (data: unknown, isBinary: boolean) => {
      if (isBinary || !String(data).includes(`"sentAt":${sentAt}`)) return;
      socket.off('message', read);
      resolve();
    };
    socket.on('message', read);
  });
  socket.send(JSON.stringify({ type: 'ping', sentAt }));
  await pong;
}

const publisher = await join('publisher');
const overlay = await join('subscriber');
const controller = await join('controller');
const seen = { frames: 0, fired: 0 };
overlay.on('message', (_, isBinary) => {
  if (isBinary) seen.frames += 1;
});
controller.on('message', (data) => {
  if (String(data).startsWith('{"type":"fired"')) seen.fired += 1;
});

const METRICS = ['intensity', 'tempo', 'height', 'speed', 'smoothness', 'activity', 'balance', 'reach'];
publisher.send(
  JSON.stringify({
    type: 'state',
    entries: { metrics: METRICS.map((name) => ({ id: `test.${name}`, title: name, kind: 'series' })) },
  }),
);

/** A scene that fires once a minute, when the intensity rises. */
function scene(name: string): object {
  const when = [{ metric: 'test.intensity', when: { above: 80 }, for: 2 }];
  const actions = [{ do: 'sound', sound: 'chime' }];
  return {
    id: 'show',
    name,
    canvas: { width: 1920, height: 1080 },
    theme: { id: 'overlay.neon', settings: {} },
    items: [],
    scoring: { metric: 'dance.onBeat.each', full: 30, none: 70, patience: 4 },
    triggers: [{ id: 'rise', name: 'Rise', enabled: true, when, actions, coolDown: 10 }],
    bindings: [],
  };
}

let requests = 0;
function edit(name: string): void {
  requests += 1;
  const params = { change: { scenes: [scene(name)], current: 'show' }, base: 0 };
  controller.send(JSON.stringify({ type: 'request', id: requests, method: 'stage.change', params }));
}

const body = syntheticBody();
const perHour = 3600 * RATE;
const memory: { heap: number; resident: number }[] = [];
const began = performance.now();
edit('Beginning');
await settled(controller);
for (let sequence = 1; sequence <= HOURS * perHour; sequence += 1) {
  // The show is a film of an hour that is played again and again, with a new person every minute.
  const timestamp = ((sequence - 1) % perHour) * (1000 / RATE);
  const minute = Math.floor(sequence / (60 * RATE));
  const poses = [syntheticPose(minute, body)];
  const epoch = Math.floor((sequence - 1) / perHour) + 1;
  publisher.send(encodeWireFrame(syntheticFrame(timestamp, poses, { sequence, epoch })));
  if (sequence % FRAMES_PER_READINGS === 0) publisher.send(readingsAt(sequence, timestamp, minute));
  if (sequence % (300 * RATE) === 0) edit(`Edit ${sequence}`);
  if (sequence % BUNDLE === 0) {
    await settled(publisher);
    overlay.send(JSON.stringify({ type: 'painted', frames: BUNDLE, median: 40, longest: 90 }));
    await settled(overlay);
  }
  if (sequence % (perHour / SAMPLES) === 0) {
    relay.send('memory');
    const answer = await told();
    if (answer.kind === 'memory')
      memory.push({ heap: answer.heap + answer.external, resident: answer.resident });
  }
}
const took = (performance.now() - began) / 1000;
isOver = true;
for (const socket of [publisher, overlay, controller]) socket.terminate();
relay.disconnect();

function readingsAt(sequence: number, timestamp: number, poseId: number): string {
  const about = { timestamp, status: 'ok', confidence: 1 };
  const second = Math.floor(sequence / RATE);
  const readings: object[] = METRICS.map((name, index) => ({
    ...about,
    metric: `test.${name}`,
    poseId,
    value: name === 'intensity' ? (second % 60 < 10 ? 90 : 20) : (sequence * (index + 1)) % 100,
  }));
  if (sequence % (RATE / 2) === 0)
    readings.push({ ...about, metric: 'dance.onBeat.each', value: sequence % 90 });
  const cue = { id: 'test.higher', severity: 'hint', message: 'Higher!', joints: [], source: 'test' };
  const cues = second % 10 === 0 && sequence % RATE === 0 ? [{ ...cue, timestamp }] : [];
  return JSON.stringify({ type: 'readings', readings, cues });
}

const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(2)} MB`;
const heap = (list: typeof memory) => median(list.map(({ heap: bytes }) => bytes));
// After two hours all code is compiled and every buffer has its size.
const first = heap(memory.slice(SAMPLES, 2 * SAMPLES));
const last = heap(memory.slice(-SAMPLES));
const isWhole = HOURS >= 4;
print(
  `Server memory over ${HOURS} hours of a show at ${RATE} Hz (after collection; sent in ${took.toFixed(0)} s)`,
  [
    { what: 'frames at the overlay', measured: String(seen.frames), budget: '', ok: undefined },
    {
      what: 'triggers fired',
      measured: String(seen.fired),
      budget: '≥ 59 an hour',
      ok: seen.fired >= 59 * HOURS,
    },
    { what: 'second hour', measured: megabytes(first), budget: '', ok: undefined },
    { what: 'last hour', measured: megabytes(last), budget: '', ok: undefined },
    {
      what: 'last ÷ second',
      measured: (last / first).toFixed(3),
      budget: `≤ ${BUDGET}`,
      ok: isWhole ? last / first <= BUDGET : undefined,
    },
    {
      what: 'resident at the end',
      measured: megabytes(memory.at(-1)?.resident ?? 0),
      budget: '',
      ok: undefined,
    },
  ],
);
