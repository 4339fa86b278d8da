export function activate(context, coach) {
  let frames = 0;
  const count = {
    create: () => ({
      step: ({ frame }) => {
        frames += 1;
        return [
          {
            metric: 'fixture.frames',
            timestamp: frame.timestamp,
            status: 'ok',
            value: frames,
            confidence: 1,
          },
        ];
      },
      reset: () => {},
    }),
  };
  const read = async () => new TextDecoder().decode(await context.asset('./note.txt')).trim();
  context.subscriptions.push(
    coach.analyzers.register('fixture.count', count),
    coach.commands.register('fixture.read', read),
  );
}
