import { type Clock, type Disposable, type PoseCoachError, systemClock } from '../../base/index.ts';
import type { ExtensionServices, RunningExtension, StartRequest, StepInput, StepOutput } from '../host.ts';
import type { ExtensionManifest } from '../manifest/manifest.ts';

/** Counts frames: the least that an extension can do. */
export const COUNTS = `
  export function activate(context, coach) {
    let count = 0;
    context.subscriptions.push(
      coach.analyzers.register('test.count', {
        create: () => ({
          step({ frame }) {
            count += 1;
            return [{ metric: 'test.count', timestamp: frame.timestamp, status: 'ok', value: count, confidence: 1 }];
          },
          reset() {},
        }),
      }),
    );
  }
`;

/** How many frames of isolated hosts are in the page. */
export const frameCount = () => document.querySelectorAll('iframe[sandbox]').length;

/** A manifest as the reader would give it, with one of everything that the tests use. */
export function manifestOf(id: string): ExtensionManifest {
  return {
    id,
    version: '1.0.0',
    title: id,
    description: '',
    apiVersion: 1,
    prefix: 'test',
    main: './extension.js',
    overlay: undefined,
    activationEvents: ['onStartup'],
    assets: [],
    dependencies: [],
    permissions: ['poses', 'storage'],
    contributes: {
      analyzers: [{ id: 'test.count', title: 'Count', inputs: ['poses'], metrics: ['test.count'] }],
      metrics: [{ id: 'test.count', title: 'Count', kind: 'series' }],
      feedback: [],
      commands: [
        { id: 'test.do', title: 'Do' },
        { id: 'test.other', title: 'Do something else' },
      ],
      keybindings: [],
      configuration: [],
      estimators: [],
      filters: [],
      overlayWidgets: [],
      overlayThemes: [],
    },
  };
}

/** What an extension has said to the outside. */
export interface HeardServices extends ExtensionServices {
  readonly lines: string[];
  /** What it failed of, once it has. */
  readonly failure: Promise<PoseCoachError>;
  readonly failures: PoseCoachError[];
}

export function heardServices(overrides: Partial<ExtensionServices> = {}): HeardServices {
  const lines: string[] = [];
  const failures: PoseCoachError[] = [];
  let tell: (error: PoseCoachError) => void = () => undefined;
  const failure = new Promise<PoseCoachError>((resolve) => {
    tell = resolve;
  });
  return {
    lines,
    failure,
    failures,
    log: (level, message) => void lines.push(`${level}: ${message}`),
    executeCommand: async () => null,
    stateGet: async () => undefined,
    stateSet: async () => undefined,
    stateKeys: async () => [],
    asset: async () => new ArrayBuffer(0),
    fetch: async () => ({ status: 200, headers: {}, body: new ArrayBuffer(0) }),
    failed: (error) => {
      failures.push(error);
      tell(error);
    },
    ...overrides,
  };
}

export function startRequest(
  text: string,
  services: ExtensionServices,
  rest: Partial<StartRequest> = {},
): StartRequest {
  return {
    manifest: manifestOf('@test/extension'),
    code: { kind: 'text', text },
    permissions: ['poses', 'storage'],
    settings: {},
    services,
    signal: new AbortController().signal,
    ...rest,
  };
}

/** A frame in which nobody is to be seen. */
export function emptyStep(sequence: number): StepInput {
  return {
    frame: {
      sequence,
      epoch: 1,
      timestamp: sequence * 33,
      width: 640,
      height: 480,
      poses: [],
      hands: [],
      dropped: 0,
      timings: { capturedAt: 0, stages: {} },
    },
    beats: [],
    readings: [],
  };
}

/** Steps as a manager does that cannot wait: the contract allows both forms. */
export async function stepOnce(extension: RunningExtension, sequence: number): Promise<StepOutput> {
  return extension.step(emptyStep(sequence));
}

/** The system's clock, which can be asked how many timers wait. */
export interface CountingClock extends Clock {
  readonly pending: number;
}

export function countingClock(): CountingClock {
  const pending = new Set<Disposable>();
  const counted = (start: (callback: () => void) => () => void, callback: () => void) => {
    const entry: Disposable = { dispose: () => cancel() };
    const cancel = start(() => {
      pending.delete(entry);
      callback();
    });
    pending.add(entry);
    return () => {
      pending.delete(entry);
      cancel();
    };
  };
  return {
    get pending() {
      return pending.size;
    },
    now: () => systemClock.now(),
    delay: (milliseconds, callback) => counted((fire) => systemClock.delay(milliseconds, fire), callback),
    nextFrame: (callback) => counted((fire) => systemClock.nextFrame(fire), callback),
  };
}
