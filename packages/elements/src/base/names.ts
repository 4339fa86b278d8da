/**
 * Every public name of the elements, in one place: tags, attributes, events, parts, slots. What is not here is
 * not public.
 */

export const TAGS = {
  coach: 'pose-coach',
  skeleton: 'pose-skeleton',
  stats: 'pose-stats',
  angles: 'pose-angles',
  sourcePicker: 'pose-source-picker',
  extensions: 'pose-extensions',
  metrics: 'pose-metrics',
  music: 'pose-music',
  stage: 'pose-stage',
  stageEditor: 'pose-stage-editor',
  dock: 'pose-dock',
  guide: 'pose-guide',
  obs: 'pose-obs',
  triggers: 'pose-triggers',
} as const;

export const EVENTS = {
  /** A smoothed frame: `CustomEvent<CoachFrame>`. */
  frame: 'pose-frame',
  /** The element's state has changed: `CustomEvent<PoseCoachState>`. */
  state: 'pose-state',
  /** Twice a second while running: `CustomEvent<CoachStats>`. */
  stats: 'pose-stats',
  /** Something went wrong: `CustomEvent<PoseCoachError>`. */
  error: 'pose-error',
  /** The stream to a server has changed its status: `CustomEvent<LiveState>`. */
  live: 'pose-live',
  /** Somebody asks for another source: `CustomEvent<SourceRequest>`; cancel it to decide yourself. */
  sourceRequest: 'pose-source-request',
  /** The element has its extensions, or others, or none any more: `CustomEvent<Extensions | null>`. */
  extensions: 'pose-extensions',
  /** An extension asks for permissions: `CustomEvent<PermissionQuestion>`; cancel it to answer yourself. */
  permissionRequest: 'pose-permission-request',
} as const;

export const ATTRIBUTES = {
  angles: 'angles',
  assets: 'assets',
  autostart: 'autostart',
  channel: 'channel',
  color: 'color',
  controls: 'controls',
  delaySetting: 'delay-setting',
  device: 'device',
  engine: 'engine',
  extensions: 'extensions',
  fit: 'fit',
  for: 'for',
  frameUrl: 'frame-url',
  hands: 'hands',
  key: 'key',
  label: 'label',
  lineWidth: 'line-width',
  live: 'live',
  loop: 'loop',
  maxPoses: 'max-poses',
  metrics: 'metrics',
  mirror: 'mirror',
  model: 'model',
  poseId: 'pose-id',
  publish: 'publish',
  sample: 'sample',
  scene: 'scene',
  selected: 'selected',
  source: 'source',
  staleAfter: 'stale-after',
  stats: 'stats',
  token: 'token',
  trails: 'trails',
  url: 'url',
  workerUrl: 'worker-url',
  workletUrl: 'worklet-url',
} as const;

export const PARTS = {
  stage: 'stage',
  video: 'video',
  skeleton: 'skeleton',
  panel: 'panel',
  controls: 'controls',
  button: 'button',
  badge: 'badge',
  canvas: 'canvas',
  table: 'table',
  metric: 'metric',
  cue: 'cue',
} as const;

export const SLOTS = {
  /** Instead of the card that is shown before the start. */
  idle: 'idle',
  /** Additional controls, at the end of the bar. */
  controls: 'controls',
  /** On top of picture and skeleton, for example readings of your own. */
  overlay: 'overlay',
} as const;
