import { Observable } from 'rxjs';
import { PoseCoachError } from '../../base/index.ts';
import type { AudioSource } from './live-audio.ts';

/** The way of an element's sound through an audio graph. It cannot be laid twice, nor taken back. */
interface Route {
  readonly context: AudioContext;
  readonly node: MediaElementAudioSourceNode;
}

/** One per element and page: a browser's rule, see `routeOf`. */
const routes = new WeakMap<HTMLMediaElement, Route>();

/**
 * An element's sound by way of an audio graph, for browsers that cannot capture elements.
 * Errors with `AUDIO_UNSUPPORTED` when the page has led the sound elsewhere.
 */
export function routedAudio(element: HTMLMediaElement): AudioSource {
  return new Observable((subscriber) => {
    const { context, node } = routeOf(element);
    const output = context.createMediaStreamDestination();
    node.connect(output);
    subscriber.add(() => {
      node.disconnect(output);
      for (const track of output.stream.getTracks()) track.stop();
    });
    subscriber.next({ stream: output.stream, heardFrom: 'speakers' });
  });
}

/**
 * Lays the route, or finds the one that is there: an element's sound can be taken once (Web Audio API, section
 * 1.24), and is silent without the context that took it. So context and node live as long as the element does.
 */
function routeOf(element: HTMLMediaElement): Route {
  const known = routes.get(element);
  if (known) return known;
  const context = new AudioContext();
  try {
    const node = context.createMediaElementSource(element);
    node.connect(context.destination);
    const route = { context, node };
    routes.set(element, route);
    // A context that was made before anybody touched the page sleeps, and with it the element's sound.
    const wake = () => {
      context.resume().catch((error: unknown) => console.warn('The sound of an element sleeps:', error));
    };
    element.addEventListener('play', wake);
    if (!element.paused) wake();
    return route;
  } catch (cause) {
    context.close().catch((error: unknown) => console.warn('An audio context did not close:', error));
    throw new PoseCoachError(
      'AUDIO_UNSUPPORTED',
      'The page leads the sound of this element through an audio graph of its own. Connect the end of that graph to a MediaStreamAudioDestinationNode and give its stream to streamAudio().',
      { cause },
    );
  }
}
