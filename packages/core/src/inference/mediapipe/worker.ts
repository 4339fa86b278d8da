import { ownWire, serveEngine, type Wire } from '../engine/index.ts';
import { probeGraphics } from './graphics.ts';
import { type MediapipeSettings, startLandmarker } from './landmarker.ts';

/** Runs MediaPipe's engine for whoever speaks over `wire`. */
export function serve(wire: Wire<MediapipeSettings>): void {
  serveEngine(wire, startLandmarker, probeGraphics());
}

const own = ownWire<MediapipeSettings>();
if (own) serve(own);
