import type { PipelineDeclaration } from '../manifest.ts';
import { type ContributionPoint, listEntries } from './contribution-point.ts';
import { pipelinePartsSchema } from './pipeline-parts.ts';

/** Steps between smoothing and analysis. */
export const filters: ContributionPoint<'filters'> = {
  schema: pipelinePartsSchema({
    title: 'Filters',
    description: 'Steps between smoothing and analysis. Trusted extensions only.',
  }),
  entries: listEntries,
  read: (value) => value as unknown as PipelineDeclaration,
  needsCode: () => true,
  activationEvent: () => 'onFrame',
  trustedOnly: 'a filter stands inside the pipeline and may neither skip a frame nor delay it',
};
