import { afterEach } from 'vitest';
import { type Clock, PoseCoachError } from '../../base/index.ts';
import type { ManualClock } from '../../base/manual-clock.ts';
import type { ExtensionModule } from '../api/extension-api.ts';
import type { ExtensionCode, ExtensionHost, RunningExtension, StartRequest, StepInput } from '../host.ts';
import { API_VERSION, type Contributions, type ExtensionManifest } from '../manifest/manifest.ts';
import { RecordedServices } from './services.ts';

/** What a host under test must come with. */
export interface HostConformance {
  readonly makeHost: (clock?: Clock) => ExtensionHost;
  /** The code of a module's text, in the form that this host takes; fresh each time. */
  readonly load: (text: string) => Promise<ExtensionCode>;
  /** Imports a module's text into the tests' own realm, to call what it exports directly. */
  readonly importText: (text: string) => Promise<unknown>;
  /** Whether extensions run in the tests' own realm and are trusted. */
  readonly trusted: boolean;
  /** A file of the fixtures, or undefined where there are none. */
  readonly fixture: (path: string) => Promise<ArrayBuffer | undefined>;
}

/** How a test starts an extension; everything has a default. */
export interface Starting {
  readonly text: string;
  readonly manifest?: ExtensionManifest;
  readonly settings?: StartRequest['settings'];
  readonly permissions?: StartRequest['permissions'];
  readonly services?: RecordedServices;
  readonly signal?: AbortSignal;
}

export interface Started {
  readonly running: RunningExtension;
  readonly services: RecordedServices;
  readonly step: (
    frame: StepInput['frame'],
    rest?: Partial<StepInput>,
  ) => ReturnType<RunningExtension['step']>;
}

/** Makes hosts and starts extensions for tests, and ends them afterwards. */
export class Subject {
  readonly conformance: HostConformance;
  readonly #hosts: ExtensionHost[] = [];

  constructor(conformance: HostConformance) {
    this.conformance = conformance;
    afterEach(() => {
      for (const host of this.#hosts.splice(0)) host.dispose();
    });
  }

  host(clock?: Clock): ExtensionHost {
    const host = this.conformance.makeHost(clock);
    this.#hosts.push(host);
    return host;
  }

  async start(starting: Starting, host: ExtensionHost = this.host()): Promise<Started> {
    const { text, manifest = manifestOf({}), settings = {}, permissions = ['poses'] } = starting;
    const { services = new RecordedServices(), signal = new AbortController().signal } = starting;
    const code = await this.conformance.load(text);
    const running = await host.start({ manifest, code, settings, permissions, services, signal });
    return {
      running,
      services,
      step: (frame, rest) => running.step({ frame, beats: [], readings: [], ...rest }),
    };
  }
}

/** A manifest as it comes out of validation. */
export function manifestOf(contributes: Partial<Contributions>, prefix = 'free'): ExtensionManifest {
  return {
    id: `${prefix}-extension`,
    version: '1.2.3',
    title: `The extension ${prefix}`,
    description: '',
    apiVersion: API_VERSION,
    prefix,
    main: './extension.js',
    overlay: undefined,
    activationEvents: [],
    assets: [],
    dependencies: [],
    permissions: ['poses'],
    contributes: {
      analyzers: [],
      metrics: [],
      feedback: [],
      commands: [],
      keybindings: [],
      configuration: [],
      estimators: [],
      filters: [],
      overlayWidgets: [],
      overlayThemes: [],
      ...contributes,
    },
  };
}

/** The manifest of what `stepping()` makes. */
export const freeManifest = manifestOf({
  analyzers: [
    { id: 'free.analyzer', title: 'Free', inputs: ['poses', 'hands', 'beats'], metrics: ['free.value'] },
    { id: 'free.second', title: 'Second', inputs: ['poses'], metrics: ['free.value'] },
  ],
  metrics: [
    { id: 'free.value', title: 'Value', kind: 'series' },
    { id: 'free.word', title: 'Word', kind: 'label' },
  ],
});

/** The module of a text in this realm. */
export async function moduleOf(conformance: HostConformance, text: string): Promise<ExtensionModule> {
  return (await conformance.importText(text)) as ExtensionModule;
}

/** What a promise rejects with, or a call throws; fails when neither happens. */
export async function refusal(work: () => unknown): Promise<PoseCoachError> {
  try {
    await work();
  } catch (error) {
    if (error instanceof PoseCoachError) return error;
    throw new Error(`No PoseCoachError: ${error}`);
  }
  throw new Error('It was expected to be refused.');
}

/** Real milliseconds between two moves of a manual clock: time for another realm to answer. */
const ANSWER_TIME = 15;
/** Milliseconds that a manual clock moves at a time. */
const CLOCK_STEP = 250;

/** Moves the clock, leaving other realms time to answer, until `work` has settled or `limit` ms have passed on it. */
export async function settledWithin<T>(
  work: Promise<T>,
  clock: ManualClock,
  limit: number,
): Promise<boolean> {
  let settled = false;
  const done = () => {
    settled = true;
  };
  work.then(done, done);
  const end = clock.now() + limit;
  while (!settled && clock.now() < end) {
    await new Promise((resolve) => setTimeout(resolve, ANSWER_TIME));
    if (!settled) clock.advance(Math.min(CLOCK_STEP, end - clock.now()));
  }
  await new Promise((resolve) => setTimeout(resolve, ANSWER_TIME));
  return settled;
}
