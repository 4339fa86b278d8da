import type { ExtensionContext, PoseCoachApi } from '@pose-coach/core/extension';

export function activate(_context: ExtensionContext, _coach: PoseCoachApi): void {}
