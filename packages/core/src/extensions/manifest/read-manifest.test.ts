import { describe, expect, it } from 'vitest';
import { readManifest } from './index.ts';

/** The example of an extension in the design of Pose Coach. */
const DANCE = {
  name: '@pose-coach/extension-dance',
  version: '0.1.0',
  poseCoach: {
    apiVersion: 1,
    prefix: 'dance',
    main: './dist/extension.js',
    activationEvents: ['onAnalyzer:dance.rhythm', 'onCommand:dance.tapTempo'],
    dependencies: [],
    permissions: ['poses', 'audio'],
    contributes: {
      analyzers: [
        { id: 'dance.rhythm', title: 'Rhythm', inputs: ['poses', 'beats'], metrics: ['dance.tempo'] },
      ],
      metrics: [{ id: 'dance.tempo', title: 'Tempo', kind: 'gauge', unit: 'BPM', range: [70, 140] }],
      feedback: [],
      commands: [{ id: 'dance.tapTempo', title: 'Tap the tempo' }],
      configuration: {
        properties: {
          'dance.window': { type: 'number', title: 'Window', default: 8, minimum: 2, maximum: 20 },
        },
      },
    },
  },
};

describe('readManifest', () => {
  it('reads the manifest of the design and fills in what it leaves open', () => {
    expect(readManifest(DANCE)).toEqual({
      ok: true,
      warnings: [],
      manifest: {
        id: '@pose-coach/extension-dance',
        version: '0.1.0',
        title: '@pose-coach/extension-dance',
        description: '',
        apiVersion: 1,
        prefix: 'dance',
        main: './dist/extension.js',
        activationEvents: ['onAnalyzer:dance.rhythm', 'onCommand:dance.tapTempo'],
        dependencies: [],
        permissions: ['poses', 'audio'],
        contributes: {
          analyzers: [
            { id: 'dance.rhythm', title: 'Rhythm', inputs: ['poses', 'beats'], metrics: ['dance.tempo'] },
          ],
          metrics: [{ id: 'dance.tempo', title: 'Tempo', kind: 'gauge', unit: 'BPM', range: [70, 140] }],
          feedback: [],
          commands: [{ id: 'dance.tapTempo', title: 'Tap the tempo' }],
          keybindings: [],
          configuration: [
            {
              id: 'dance.window',
              title: 'Window',
              description: '',
              default: 8,
              schema: { type: 'number', title: 'Window', default: 8, minimum: 2, maximum: 20 },
            },
          ],
          estimators: [],
          filters: [],
        },
      },
    });
  });
});
