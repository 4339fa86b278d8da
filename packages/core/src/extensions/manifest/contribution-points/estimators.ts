import type { PipelineDeclaration } from '../manifest.ts';
import { type ContributionPoint, listEntries } from './contribution-point.ts';
import { pipelinePartsSchema } from './pipeline-parts.ts';

/** Engines that find poses in pictures. They activate their extension when one of them is chosen, not before. */
export const estimators: ContributionPoint<'estimators'> = {
  schema: pipelinePartsSchema({
    title: 'Estimators',
    description: 'Engines that find poses in pictures. Trusted extensions only.',
  }),
  entries: listEntries,
  read: (value) => value as unknown as PipelineDeclaration,
  needsCode: () => true,
  trustedOnly: 'an engine is given the camera’s pictures and stands inside the pipeline',
};
