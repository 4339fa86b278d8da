import type { AnalyzerInputName } from '../../../analysis/index.ts';
import { DESCRIPTION_SCHEMA, ID_SCHEMA, TITLE_SCHEMA } from '../identifiers.ts';
import type { AnalyzerDeclaration, Permission } from '../manifest.ts';
import { within } from '../plain-words.ts';
import { type ContributionPoint, listEntries, listSchema, type ManifestScope } from './contribution-point.ts';

const PERMISSION_FOR: Readonly<Record<AnalyzerInputName, Permission>> = {
  poses: 'poses',
  hands: 'hands',
  beats: 'audio',
};

const DEFAULT_INPUTS: readonly AnalyzerInputName[] = ['poses'];

/** Step functions from poses and beats to readings, registered in code. */
export const analyzers: ContributionPoint<'analyzers'> = {
  schema: listSchema(
    {
      type: 'object',
      required: ['id', 'title', 'metrics'],
      additionalProperties: false,
      properties: {
        id: { ...ID_SCHEMA, description: 'The id under which your code registers the analyzer.' },
        title: TITLE_SCHEMA,
        description: DESCRIPTION_SCHEMA,
        inputs: {
          type: 'array',
          title: 'Inputs',
          description: 'What the analyzer sees. Each needs a permission: poses, hands, or audio for beats.',
          default: DEFAULT_INPUTS,
          minItems: 1,
          maxItems: 3,
          uniqueItems: true,
          items: { enum: ['poses', 'hands', 'beats'] },
        },
        metrics: {
          type: 'array',
          title: 'Metrics',
          description:
            'The ids of the metrics that the analyzer reads; each is declared in contributes.metrics.',
          minItems: 1,
          maxItems: 100,
          uniqueItems: true,
          items: ID_SCHEMA,
        },
      },
    },
    { title: 'Analyzers', description: 'Code that turns poses, hands and beats into readings.' },
  ),
  entries: listEntries,
  read: (value) => ({ inputs: DEFAULT_INPUTS, ...(value as object) }) as AnalyzerDeclaration,
  check(analyzer, path, scope) {
    checkInputs(analyzer, path, scope);
    for (const [index, metric] of analyzer.metrics.entries()) {
      if (scope.declares('metrics', metric)) continue;
      const place = within(`${path}/metrics`, index);
      scope.findings.fault(
        place,
        'a metric that is declared in /poseCoach/contributes/metrics',
        `${place}: ${metric} is not declared: add it to /poseCoach/contributes/metrics.`,
      );
    }
  },
  needsCode: () => true,
  activationEvent: ({ id }) => `onAnalyzer:${id}`,
};

function checkInputs(analyzer: AnalyzerDeclaration, path: string, scope: ManifestScope): void {
  for (const [index, input] of analyzer.inputs.entries()) {
    const permission = PERMISSION_FOR[input];
    if (!scope.permissions || scope.permissions.has(permission)) continue;
    const place = analyzer.inputs === DEFAULT_INPUTS ? `${path}/inputs` : within(`${path}/inputs`, index);
    scope.findings.fault(
      place,
      `the permission ${permission} in /poseCoach/permissions`,
      `${place}: ${analyzer.id} sees ${input}: add ${JSON.stringify(permission)} to /poseCoach/permissions.`,
    );
  }
}
