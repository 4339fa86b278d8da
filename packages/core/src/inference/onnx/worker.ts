import { ownWire, serveEngine, type Wire } from '../engine/index.ts';
import { type BrowserSettings, startLandmarker } from './landmarker.ts';
import { probeSurroundings } from './surroundings.ts';

/** Runs the engine for whoever speaks over `wire`. */
export function serve(wire: Wire<BrowserSettings>): void {
  serveEngine(wire, startLandmarker, probeSurroundings());
}

const own = ownWire<BrowserSettings>();
if (own) serve(own);
