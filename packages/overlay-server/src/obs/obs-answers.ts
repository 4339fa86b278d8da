import * as v from 'valibot';

const name = v.string();
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const size = v.pipe(v.number(), v.safeInteger(), v.minValue(1));
const settings = v.record(v.string(), v.unknown());

/** What is read of OBS's answers, by request; names and meanings are those of obs-websocket 5's documentation. */
export const ANSWERS = {
  version: v.object({
    obsVersion: v.string(),
    obsWebSocketVersion: v.string(),
    availableRequests: v.array(v.string()),
  }),
  scenes: v.object({
    // None while OBS begins or ends.
    currentProgramSceneName: v.nullable(name),
    // From the bottom of OBS's list to its top.
    scenes: v.array(v.object({ sceneName: name })),
  }),
  inputKinds: v.object({ inputKinds: v.array(v.string()) }),
  inputs: v.object({ inputs: v.array(v.object({ inputName: name, inputKind: v.string() })) }),
  /** Without the defaults. */
  inputSettings: v.object({ inputKind: v.string(), inputSettings: settings }),
  inputDefaults: v.object({ defaultInputSettings: settings }),
  /** Of a recording or a stream; durations are milliseconds. */
  output: v.object({ outputActive: v.boolean(), outputDuration: v.pipe(v.number(), v.minValue(0)) }),
  active: v.object({ outputActive: v.boolean() }),
  stopped: v.object({ outputPath: v.nullable(v.string()) }),
  video: v.object({
    baseWidth: size,
    baseHeight: size,
    fpsNumerator: size,
    fpsDenominator: size,
  }),
  itemId: v.object({ sceneItemId: count }),
  itemEnabled: v.object({ sceneItemEnabled: v.boolean() }),
  itemTransform: v.object({ sceneItemTransform: settings }),
  items: v.object({
    sceneItems: v.array(v.object({ sceneItemId: count, sourceName: name, isGroup: v.nullable(v.boolean()) })),
  }),
  filters: v.object({
    filters: v.array(
      v.object({
        filterName: name,
        filterKind: v.string(),
        filterEnabled: v.boolean(),
        filterSettings: settings,
      }),
    ),
  }),
  service: v.object({ streamServiceType: v.string(), streamServiceSettings: settings }),
} as const;

/** What an event says of a recording or a stream. */
export const OUTPUT_EVENT = v.object({
  outputState: v.string(),
  outputPath: v.optional(v.nullable(v.string())),
});

/** States of a recording or a stream after which it has begun or ended, as `outputState` names them. */
export const OUTPUT_STARTED = 'OBS_WEBSOCKET_OUTPUT_STARTED';
export const OUTPUT_STOPPED = 'OBS_WEBSOCKET_OUTPUT_STOPPED';
export const OUTPUT_SETTLED: readonly string[] = [OUTPUT_STARTED, OUTPUT_STOPPED];
