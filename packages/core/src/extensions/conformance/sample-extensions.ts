// Extensions for the tests of hosts, as the text of one self-contained module each: what a third party would publish.

/** Wraps statements as an extension that does nothing but activate. */
export const activating = (statements: string): string =>
  `export async function activate(context, coach) { ${statements} }`;

/**
 * `motion.lift`: how high, in metres, each person's left wrist is above the middle of the hips; unknown while the wrist
 * is hidden. `motion.mean`: its mean over the known frames of this epoch, and in the summary over the take.
 * `motion.raised`: a word, said when it changes. `motion.place`: where the middle of the hips is, in metres, over the
 * span from the frame before.
 */
export const MOTION = `
const LEFT_WRIST = 15, LEFT_HIP = 23, RIGHT_HIP = 24;
export const analyzer = {
  create() {
    let before, raised, sum = 0, count = 0, takeSum = 0, takeCount = 0, frames = 0;
    return {
      step({ frame }) {
        const { timestamp } = frame;
        const readings = [];
        frames += 1;
        for (const { id, score, worldLandmarks: points } of frame.poses) {
          const wrist = points[LEFT_WRIST];
          const about = { timestamp, poseId: id };
          if (wrist.visibility < 0.5) {
            const reason = 'The left wrist is hidden.';
            readings.push({ metric: 'motion.lift', ...about, status: 'unknown', reason, confidence: wrist.visibility });
            continue;
          }
          const hips = (points[LEFT_HIP].y + points[RIGHT_HIP].y) / 2;
          const lift = hips - wrist.y;
          sum += lift; count += 1; takeSum += lift; takeCount += 1;
          readings.push({ metric: 'motion.lift', ...about, status: 'ok', value: lift, uncertainty: 0.02, confidence: score });
          if (raised !== lift > 0) {
            raised = lift > 0;
            readings.push({ metric: 'motion.raised', ...about, status: 'ok', value: raised ? 'up' : 'down', confidence: 1 });
          }
          if (before !== undefined) {
            const value = [points[LEFT_HIP].x, points[LEFT_HIP].y, points[LEFT_HIP].z];
            readings.push({ metric: 'motion.place', ...about, start: before, end: timestamp, status: 'ok', value, confidence: 1 });
          }
        }
        if (count > 0) readings.push({ metric: 'motion.mean', timestamp, status: 'ok', value: sum / count, confidence: 1 });
        before = timestamp;
        return readings;
      },
      reset() { before = undefined; raised = undefined; sum = 0; count = 0; },
      finish() {
        const value = takeSum / takeCount;
        const summary = { readings: [{ metric: 'motion.mean', timestamp: before, status: 'ok', value, confidence: 1 }], details: { frames, known: takeCount } };
        frames = 0; takeSum = 0; takeCount = 0;
        return summary;
      },
    };
  },
};
export function activate(context, coach) {
  context.subscriptions.push(coach.analyzers.register('motion.analyzer', analyzer));
}
`;

/** Three analyzers that say how many poses, hands and beats they see; each declares another input. */
export const SEEN = `
const counter = (metric) => ({
  create: () => ({
    step: ({ frame, beats }) => [{ metric, timestamp: frame.timestamp, status: 'ok', confidence: 1,
      value: [frame.poses.length, frame.hands.length, ...beats.map(({ strength }) => strength)] }],
    reset() {},
  }),
});
export function activate(context, coach) {
  for (const name of ['poses', 'hands', 'beats']) {
    context.subscriptions.push(coach.analyzers.register('seen.' + name, counter('seen.' + name)));
  }
}
`;

/** One analyzer, \`free.analyzer\`, whose step is given; it may read \`free.value\`, and \`free.word\`. */
export const stepping = (step: string): string => `
export function activate(context, coach) {
  let count = 0;
  const value = (value, rest) => ({ metric: 'free.value', timestamp: 0, status: 'ok', value, confidence: 1, ...rest });
  context.subscriptions.push(coach.analyzers.register('free.analyzer', {
    create: () => ({ step({ frame, beats }) { count += 1; ${step} }, reset() {} }),
  }));
}
`;

/** The rule in code \`ruled.rise\`: asks for more while the newest \`ruled.level\` is under 1; starts over with an epoch. */
export const RULED = `
export function activate(context, coach) {
  const analyzer = { create: () => ({
    step: ({ frame }) => [{ metric: 'ruled.level', timestamp: frame.timestamp, status: 'ok', value: frame.poses.length, confidence: 1 }],
    reset() {},
  }) };
  const rule = { create() {
    let heard = [];
    return {
      step({ frame, readings }) {
        heard.push(...readings.map(({ metric, value }) => metric + '=' + value));
        const low = readings.some(({ metric, value }) => metric === 'ruled.level' && value < 1);
        return low ? { severity: 'hint', message: frame.sequence + ': ' + heard.join(' '), joints: ['leftWrist'], poseId: 3 } : undefined;
      },
      reset() { heard = ['reset']; },
    };
  } };
  context.subscriptions.push(coach.analyzers.register('ruled.analyzer', analyzer), coach.feedback.register('ruled.rise', rule));
}
`;

/** Commands that answer in every way there is. */
export const COMMANDS = `
let count = 0;
export function activate(context, coach) {
  const log = (what) => context.log.info(what);
  const commands = {
    echo: (...values) => values,
    nothing: () => {},
    later: async (value) => { await null; return { later: value }; },
    count: () => ++count,
    throws: () => { throw new Error('no such day'); },
    rejects: async () => { throw 'only words'; },
    never: () => new Promise(() => {}),
    function: () => () => {},
    change: (list) => { list.push('changed'); return list; },
    own: async (value) => ['own', await coach.commands.execute('does.echo', value)],
    missing: async () => { try { await coach.commands.execute('does.unregistered'); } catch (error) { return error.code; } },
    other: (...values) => coach.commands.execute('other.command', ...values),
    otherFails: async () => {
      try { await coach.commands.execute('other.fails'); }
      catch (error) { return [error.name, error.code, error.message, error instanceof Error]; }
    },
    badArgument: async () => {
      try { await coach.commands.execute('other.command', () => {}); } catch (error) { return error.code; }
    },
  };
  for (const [name, handler] of Object.entries(commands)) {
    context.subscriptions.push(coach.commands.register('does.' + name, handler));
  }
}
`;
export const COMMAND_NAMES = [
  'echo',
  'nothing',
  'later',
  'count',
  'throws',
  'rejects',
  'never',
  'function',
  'change',
  'own',
  'other',
  'otherFails',
  'badArgument',
  'missing',
  'unregistered',
];
