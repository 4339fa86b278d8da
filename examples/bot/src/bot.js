// Writes down what a dancer does, line by line, as a chat bot would say it: `npm start -- '<overlay link>'`.
import { createInterface } from 'node:readline/promises';
import { WebSocket } from 'ws';

/** Milliseconds between two lines about the same number: a chat is not a speedometer. */
const PAUSE = 5000;

const link = process.argv[2] ?? (await ask('The overlay link, as the studio or the server shows it: '));
if (!URL.canParse(link) || !new URL(link).searchParams.has('key')) {
  console.error('That is no overlay link: it looks like http://127.0.0.1:8787/overlay?channel=main&key=…');
  process.exit(1);
}
const { origin, searchParams } = new URL(link);

/** What the publisher declares of its metrics, by id: title, unit, kind, names of values. */
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

/** Writes a reading that says something new; numbers only now and then. */
function write({ metric, poseId, status, value }) {
  if (status !== 'ok') return;
  const { title = metric, unit = '', kind = 'series', labels = {} } = metrics.get(metric) ?? {};
  const number = typeof value === 'number';
  const text = number ? `${Math.round(value)} ${unit}`.trim() : String(labels[value] ?? value ?? 'now');
  const key = `${metric} ${poseId ?? ''}`;
  const last = written.get(key);
  const happens = kind === 'event';
  if (!happens && last && (last.text === text || (number && Date.now() - last.at < PAUSE))) return;
  written.set(key, { text, at: Date.now() });
  console.log(`${title}: ${text}`);
}

async function ask(question) {
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await lines.question(question);
  lines.close();
  return answer.trim();
}
