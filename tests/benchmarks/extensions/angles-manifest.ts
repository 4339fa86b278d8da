import { JOINTS } from '../../../packages/core/src/pose/joint-angles.ts';

const metrics = [
  ...JOINTS.map((joint) => ({
    id: `angles.${joint}`,
    title: joint,
    kind: 'gauge',
    unit: '°',
    range: [0, 180],
  })),
  { id: 'angles.speed', title: 'Mean speed of the joints', kind: 'series', unit: '°/s', range: [0, 1000] },
];

/** The package.json of `angles-extension.ts`. */
export const anglesManifest = {
  name: 'benchmark-angles',
  version: '1.0.0',
  poseCoach: {
    apiVersion: 1,
    prefix: 'angles',
    main: './extension.js',
    permissions: ['poses'],
    contributes: {
      analyzers: [{ id: 'angles.all', title: 'All joint angles', metrics: metrics.map(({ id }) => id) }],
      metrics,
    },
  },
};
