/** Extensions that mean no good, by the name of what they do: the text of each one's module. */
export const hostileExtensions = {
  /** Never comes back from a step: it is ended after a second, started again, and given up at last. */
  loop: code('for (;;);'),
  /** Takes the processor and always comes back just before the watchdog's second is over. */
  burn: code('for (const start = performance.now(); performance.now() - start < 900; );\n      return [];'),
  /** Says far more than it may. */
  flood: code(
    'const { timestamp } = frame;\n' +
      "      return Array.from({ length: 10_000 }, (_, value) => ({ metric: 'hostile.noise', timestamp, status: 'ok', value, confidence: 1 }));",
  ),
} as const;

export type HostileName = keyof typeof hostileExtensions;

/** The package.json of each. */
export const hostileManifest = {
  name: 'benchmark-hostile',
  version: '1.0.0',
  poseCoach: {
    apiVersion: 1,
    prefix: 'hostile',
    main: './extension.js',
    permissions: ['poses'],
    contributes: {
      analyzers: [{ id: 'hostile.noise', title: 'Noise', metrics: ['hostile.noise'] }],
      metrics: [{ id: 'hostile.noise', title: 'Noise', kind: 'series' }],
    },
  },
};

function code(step: string): string {
  return `export function activate(context, coach) {
  context.subscriptions.push(coach.analyzers.register('hostile.noise', {
    create: () => ({
      step({ frame }) {
      ${step}
      },
      reset() {},
    }),
  }));
}
`;
}
