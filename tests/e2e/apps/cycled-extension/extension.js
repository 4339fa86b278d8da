// Registers one of everything that an isolated extension can, and listens to all that it can listen to.

/**
 * @param {import('@pose-coach/core/extension').ExtensionContext} context
 * @param {import('@pose-coach/core/extension').PoseCoachApi} coach
 */
export function activate(context, coach) {
  let factor = Number(context.configuration.get('cycled.factor'));
  let frames = 0;
  let readings = 0;
  context.subscriptions.push(
    coach.analyzers.register('cycled.height', {
      create: () => ({
        step: ({ frame }) =>
          frame.poses.map(({ id, score, landmarks }) => ({
            metric: 'cycled.nose',
            timestamp: frame.timestamp,
            poseId: id,
            status: 'ok',
            value: factor * (landmarks[0]?.y ?? 0),
            confidence: score,
          })),
        reset() {},
      }),
    }),
    coach.feedback.register('cycled.coded', { create: () => ({ step: () => undefined, reset() {} }) }),
    coach.commands.register('cycled.count', () => ({ frames, readings })),
    coach.onFrame(() => {
      frames += 1;
    }),
    coach.onReadings((some) => {
      readings += some.length;
    }),
    context.configuration.onDidChange(() => {
      factor = Number(context.configuration.get('cycled.factor'));
    }),
  );
  context.log.info('active');
}
