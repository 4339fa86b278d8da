export async function activate(context, coach) {
  let frames = 0;
  if (context.permissions.includes('storage')) {
    await context.globalState.set('starts', ((await context.globalState.get('starts')) ?? 0) + 1);
  }
  context.subscriptions.push(
    coach.analyzers.register('greeting.count', {
      create: () => ({
        step: ({ frame }) => {
          frames += 1;
          const { timestamp } = frame;
          return [{ metric: 'greeting.frames', timestamp, status: 'ok', value: frames, confidence: 1 }];
        },
        reset: () => {},
      }),
    }),
    coach.commands.register('greeting.starts', () => context.globalState.get('starts')),
  );
}
