// @ts-check
// What somebody writes who wants the beat of a song that the page plays: it begins with a click.
// The page's address says which song, and where the audio thread's code is: `?song=/song.wav&workletUrl=/x.js`.
import { mediaElementAudio, musicBeats, onElementClock } from '@pose-coach/core/music';

const query = new URLSearchParams(location.search);
const workletUrl = query.get('workletUrl');

/** @type {{ beats: number[], bpm: number | undefined, kinds: string[], code?: string, message?: string, violations: string[] }} */
const outcome = { beats: [], bpm: undefined, kinds: [], violations: [] };
Object.assign(window, { outcome });
document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => {
  outcome.violations.push(effectiveDirective);
});

const fail = (/** @type {any} */ error) => {
  outcome.code ??= error.code ?? 'unknown';
  outcome.message ??= error.message;
};

document.addEventListener(
  'click',
  () => {
    const song = new Audio(query.get('song') ?? '/song.wav');
    const beats = musicBeats(mediaElementAudio(song), {
      ...(workletUrl === null ? {} : { workletUrl }),
      onState: (state) => {
        if (outcome.kinds.at(-1) !== state.kind) outcome.kinds.push(state.kind);
        if (state.kind === 'beat') outcome.bpm = state.bpm;
      },
    });
    onElementClock(beats, song).subscribe({
      next: ({ timestamp }) => outcome.beats.push(timestamp),
      error: fail,
    });
    song.play().catch(fail);
  },
  { once: true },
);
