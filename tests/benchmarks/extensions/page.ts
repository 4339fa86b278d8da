// The page of the extensions' benchmark: what it can measure is on its window.
import './coach-page.ts';
import './round-trip-page.ts';
