import type { ExtensionSource } from '@pose-coach/core/extensions';
import type { OverlaySource } from '@pose-coach/core/overlay-parts';
import type { PoseCoachElement } from '@pose-coach/elements';
import dance from '@pose-coach/extension-dance/package.json' with { type: 'json' };

/**
 * Gives the coach our dance extension, and, isolated, those that the server was started with, as far as they have
 * code for it. Dance comes with this page and is not asked about; what it hears of music are beats, of a source that
 * somebody has chosen beside it.
 */
export function extendCoach(coach: PoseCoachElement, others: readonly OverlaySource[]): void {
  coach.addEventListener('pose-permission-request', (event) => {
    const { request, answer } = event.detail;
    if (request.trust !== 'trusted' || request.manifest.id !== dance.name) return;
    event.preventDefault();
    answer(request.permissions);
  });
  coach.extensions = [
    { manifest: dance, module: () => import('@pose-coach/extension-dance/extension') },
    ...others.flatMap((source) => isolated(source) ?? []),
  ];
}

/** Nothing for an extension of widgets and themes alone. */
export function isolated({ manifest, url }: OverlaySource): ExtensionSource | undefined {
  const section = (manifest as { readonly poseCoach?: { readonly main?: unknown } } | null)?.poseCoach;
  return url !== undefined && typeof section?.main === 'string' ? { url } : undefined;
}
