// Writes down what a dancer does, line by line, as a chat bot would say it: `npm start -- '<overlay link>'`.
import { once } from 'node:events';
import { createInterface } from 'node:readline/promises';
import { WebSocket } from 'ws';

/** Milliseconds between two lines about the same metric: of figures few, for a chat is not a speedometer. */
const PAUSE = { words: 1000, figures: 5000 };

const link = process.argv[2] ?? (await ask('The overlay link, as the studio or the server shows it: '));
if (!link) {
  console.error(
    "The overlay link is missing: npm start -- 'http://127.0.0.1:8787/overlay?channel=main&key=…'",
  );
  process.exit(1);
}
if (!URL.canParse(link) || !new URL(link).searchParams.has('key')) {
  console.error('That is no overlay link: it looks like http://127.0.0.1:8787/overlay?channel=main&key=…');
  process.exit(1);
}
const { origin, searchParams } = new URL(link);

/** What the publisher declares of its metrics, by id: title, unit, kind, digits, names of values. */
let metrics = new Map();
/** What was written of each metric and person last, and when. */
const written = new Map();

const socket = new WebSocket(`${origin.replace(/^http/, 'ws')}/ws`);
socket.on('open', () => {
  const [channel, token] = [searchParams.get('channel') ?? 'main', searchParams.get('key')];
  say({ type: 'hello', version: 1, role: 'subscriber', channel, token, poses: false });
});
socket.on('message', (text) => {
  const message = JSON.parse(String(text));
  if (message.type === 'welcome') {
    console.log(message.live ? 'Connected: somebody is live.' : 'Connected: nobody is live yet.');
    declare(message.state);
  } else if (message.type === 'state') declare(message.entries);
  else if (message.type === 'source') console.log(message.live ? 'Live.' : 'Not live any more.');
  else if (message.type === 'error') console.error(message.message);
  else if (message.type === 'readings') {
    for (const reading of message.readings) write(reading);
    for (const cue of message.cues) console.log(`Coach: ${cue.message}`);
  }
});
socket.on('error', ({ message }) =>
  console.error(`The server cannot be reached: ${message || 'is it running?'}`),
);
socket.on('close', (code) => {
  process.exitCode = code === 1000 ? 0 : 1;
});

function say(message) {
  socket.send(JSON.stringify(message));
}

/** The state tells, under `metrics`, what readings are about. */
function declare(state) {
  if (Array.isArray(state.metrics)) metrics = new Map(state.metrics.map((metric) => [metric.id, metric]));
}

/** Writes a reading that says something new, if the last line about its metric is long enough ago. */
function write({ metric, poseId, status, value }) {
  if (status !== 'ok') return;
  const declared = metrics.get(metric) ?? {};
  const text = textOf(declared, value);
  const key = `${metric} ${poseId ?? ''}`;
  const last = written.get(key);
  const happens = declared.kind === 'event';
  const figures = !happens && (typeof value === 'number' || Array.isArray(value));
  const news =
    !last ||
    ((happens || text !== last.text) && Date.now() - last.at >= PAUSE[figures ? 'figures' : 'words']);
  if (!news) return;
  written.set(key, { text, at: Date.now() });
  console.log(`${declared.title ?? metric}: ${text}`);
}

/** A value in words: `122 BPM`, `Jumping`, `Head 10, Torso 20`. */
function textOf({ unit = '', decimals = 0, labels = {} }, value) {
  const digits = { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
  const figure = (number) =>
    `${number.toLocaleString('en', { ...digits, useGrouping: false, signDisplay: 'negative' })} ${unit}`.trim();
  if (Array.isArray(value)) {
    return value.map((each, index) => `${labels[index] ?? ''} ${figure(each)}`.trim()).join(', ');
  }
  return labels[value] ?? (typeof value === 'number' ? figure(value) : String(value ?? 'now'));
}

/** @returns the answer; empty without a terminal, and when nobody answers */
async function ask(question) {
  if (!process.stdin.isTTY) return '';
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  const nothing = () => '';
  // Ctrl+D ends the question in newer Nodes and only the lines in older ones.
  const answer = await Promise.race([
    lines.question(question).catch(nothing),
    once(lines, 'close').then(nothing),
  ]);
  lines.close();
  return answer.trim();
}
