import { subscribePoses } from '@pose-coach/core/live';
import { createOverlayParts } from '@pose-coach/core/overlay-parts';
import { liveStage, StageView, shownScene } from '@pose-coach/elements/stage';
import * as overlayModule from '@pose-coach/extension-overlay/overlay';
import overlayManifest from '@pose-coach/extension-overlay/package.json' with { type: 'json' };
import { combineLatest } from 'rxjs';
import { fetchExtensionSources } from './extension-sources.ts';
import { watchObsVisibility } from './obs-visibility.ts';
import { readOverlayOptions } from './overlay-options.ts';
import { missingSceneWords, overlayWords } from './overlay-words.ts';

const place = document.querySelector<HTMLElement>('#stage');
const words = document.querySelector<HTMLElement>('#words');
if (!place || !words) throw new Error('This page has no place for a stage.');

const { channel, key, scene, faults } = readOverlayOptions(location.search);
// OBS writes the console of its pages into its log.
for (const fault of faults) console.warn(fault);

const subscriber = subscribePoses({ url: '/', channel, ...(key === undefined ? {} : { key }) });
const parts = createOverlayParts({
  sources: [{ manifest: overlayManifest, module: overlayModule }, ...(await fetchExtensionSources())],
  frameUrl: '/overlay/part-frame.html',
});
for (const fault of parts.faults) console.warn(fault.message);
parts.onFault((fault) => console.warn(fault.message));

const view = new StageView(place, { parts });
const stage = liveStage(view, subscriber, scene === undefined ? {} : { scene });
watchObsVisibility(window, (isVisible) => {
  stage.paused = !isVisible;
});

let hasWorked = false;
let missed: string | undefined;
combineLatest([subscriber.status, subscriber.source, subscriber.stage]).subscribe(
  ([status, source, revised]) => {
    const missingScene = revised && !shownScene(revised.stage, scene) ? scene : undefined;
    if (missingScene !== undefined && missingScene !== missed) console.warn(missingSceneWords(missingScene));
    missed = missingScene;
    hasWorked ||= status.status === 'connected' && revised !== undefined && missingScene === undefined;
    const { title, onPage } = overlayWords({ status, source, missingScene, hasWorked });
    document.title = title;
    words.hidden = onPage === undefined;
    words.textContent = onPage ?? '';
  },
);
