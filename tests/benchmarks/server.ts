// What the overlay server costs per delivered frame over a bare `ws` that broadcasts the same bytes, and how long
// frames take, at 1, 50 and 500 clients. Relay, clients and publisher are processes of their own, on loopback.
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { WebSocket } from 'ws';
import { encodeWireFrame } from '../../packages/core/src/codec/index.ts';
import { syntheticBody, syntheticFrame, syntheticPose } from '../synthetic-pose.ts';
import { median, percentile, print, type Row } from './report.ts';
import type { RelayAnswer } from './server/relay.ts';
import type { WatchersAnswer, WatchersRequest } from './server/watchers.ts';

const CLIENTS = [1, 50, 500] as const;
/** Rounds and their seconds: as long as the server's heartbeat, so that each has as many pings. */
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 9);
const SECONDS = Number(process.env.BENCH_SECONDS ?? 3);
/** Seconds in which both become warm: code is compiled, buffers find their size. */
const WARM_UP = 1;
/** Frames per second, the most that a camera gives and a screen shows. */
const RATE = 60;
/** CPU per delivered frame, ours over bare. */
const BUDGET = 1.15;

const TOKEN = 'a-token-for-the-benchmark';

interface Measurement {
  /** Microseconds of the relay's CPU per delivered frame. */
  readonly cpu: number;
  /** Delivered over sent, per client. */
  readonly delivered: number;
  readonly delays: readonly number[];
}

/** A relay, its clients and a publisher, connected. */
class Stage {
  readonly #relay: ChildProcess;
  readonly #watchers: ChildProcess;
  readonly #publisher: WebSocket;
  readonly #clients: number;
  #sequence = 0;

  private constructor(relay: ChildProcess, watchers: ChildProcess, publisher: WebSocket, clients: number) {
    this.#relay = relay;
    this.#watchers = watchers;
    this.#publisher = publisher;
    this.#clients = clients;
  }

  static async open(kind: 'ours' | 'bare', clients: number): Promise<Stage> {
    const relay = fork(new URL('./server/relay.ts', import.meta.url), [kind, TOKEN]);
    const listening = (await answer(relay)) as RelayAnswer & { readonly kind: 'listening' };
    const hello = { type: 'hello', version: 1, channel: 'main', token: TOKEN };
    const watchers = fork(new URL('./server/watchers.ts', import.meta.url));
    await ask(watchers, {
      kind: 'connect',
      url: listening.url,
      count: clients,
      ...(kind === 'ours' ? { hello: { ...hello, role: 'subscriber' } } : {}),
    });
    const publisher = new WebSocket(kind === 'ours' ? listening.url : `${listening.url}/publish`);
    await once(publisher, 'open');
    if (kind === 'ours') {
      publisher.send(JSON.stringify({ ...hello, role: 'publisher' }));
      await once(publisher, 'message');
    }
    return new Stage(relay, watchers, publisher, clients);
  }

  /** Publishes for `seconds` and says what it cost. */
  async run(seconds: number): Promise<Measurement> {
    await ask(this.#watchers, { kind: 'reset' });
    const before = await this.#cpu();
    const sent = await this.#publish(seconds);
    // What is still on its way arrives.
    await new Promise((resolve) => setTimeout(resolve, 200));
    const cpu = (await this.#cpu()) - before;
    const counted = await ask(this.#watchers, { kind: 'report' });
    if (counted.kind !== 'counted') throw new Error('The clients have not counted.');
    return {
      cpu: cpu / counted.frames,
      delivered: counted.frames / (sent * this.#clients),
      delays: counted.delays,
    };
  }

  close(): void {
    this.#publisher.terminate();
    this.#relay.kill();
    this.#watchers.kill();
  }

  async #cpu(): Promise<number> {
    this.#relay.send('cpu');
    const measured = (await answer(this.#relay)) as RelayAnswer & { readonly kind: 'cpu' };
    return measured.cpu;
  }

  #publish(seconds: number): Promise<number> {
    const began = performance.now();
    let sent = 0;
    return new Promise((resolve) => {
      const timer = setInterval(() => {
        // As many as are due: a timer that comes late must not make it fewer.
        const due = Math.min(Math.floor(((performance.now() - began) / 1000) * RATE), seconds * RATE);
        for (; sent < due; sent += 1) this.#publisher.send(this.#frame());
        if (sent < seconds * RATE) return;
        clearInterval(timer);
        resolve(sent);
      }, 1000 / RATE);
    });
  }

  #frame(): Uint8Array {
    this.#sequence += 1;
    const capturedAt = performance.timeOrigin + performance.now();
    return encodeWireFrame(
      syntheticFrame(this.#sequence * 16, [pose], {
        sequence: this.#sequence,
        timings: { capturedAt, stages: {} },
      }),
    );
  }
}

const pose = syntheticPose(0, syntheticBody(), { x: 0.5, y: 0.5 });

async function answer(child: ChildProcess): Promise<RelayAnswer | WatchersAnswer> {
  const [message] = (await once(child, 'message')) as [RelayAnswer | WatchersAnswer];
  return message;
}

function ask(child: ChildProcess, request: WatchersRequest): Promise<RelayAnswer | WatchersAnswer> {
  child.send(request);
  return answer(child);
}

const rows: Row[] = [];
for (const clients of CLIENTS) {
  const ours = await Stage.open('ours', clients);
  const bare = await Stage.open('bare', clients);
  const measured: { readonly ours: Measurement; readonly bare: Measurement }[] = [];
  try {
    await ours.run(WARM_UP);
    await bare.run(WARM_UP);
    for (let round = 0; round < ROUNDS; round += 1) {
      // In turn, and each first as often as the other: a machine that becomes busier favours neither.
      const first = round % 2 === 0 ? bare : ours;
      const one = await first.run(SECONDS);
      const other = await (first === bare ? ours : bare).run(SECONDS);
      measured.push(first === bare ? { bare: one, ours: other } : { bare: other, ours: one });
    }
  } finally {
    ours.close();
    bare.close();
  }
  const ratio = median(measured.map((round) => round.ours.cpu / round.bare.cpu));
  const delays = (which: 'ours' | 'bare') => {
    const all = measured.flatMap((round) => round[which].delays);
    return [50, 95, 99].map((share) => percentile(all, share).toFixed(1)).join(' / ');
  };
  const cpu = (which: 'ours' | 'bare') => median(measured.map((round) => round[which].cpu)).toFixed(2);
  const delivered = Math.min(...measured.map((round) => round.ours.delivered));
  rows.push(
    {
      what: `${clients} clients: CPU ours ÷ bare (median of rounds)`,
      measured: `${ratio.toFixed(3)} (${cpu('ours')} / ${cpu('bare')} µs)`,
      budget: `≤ ${BUDGET}`,
      ok: ratio <= BUDGET,
    },
    {
      what: `${clients} clients: delivered`,
      measured: `${(delivered * 100).toFixed(2)} %`,
      budget: '',
      ok: undefined,
    },
    {
      what: `${clients} clients: delay ms, p50 / p95 / p99, ours`,
      measured: delays('ours'),
      budget: '',
      ok: undefined,
    },
    {
      what: `${clients} clients: delay ms, p50 / p95 / p99, bare`,
      measured: delays('bare'),
      budget: '',
      ok: undefined,
    },
  );
}
print(
  `Overlay server at ${RATE} frames a second (CPU per delivered frame, median of ${ROUNDS} rounds)`,
  rows,
);
