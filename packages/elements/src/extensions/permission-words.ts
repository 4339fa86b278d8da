import type { Permission } from '@pose-coach/core/extensions';

const WORDS: Readonly<Record<string, string>> = {
  poses: 'see the positions of bodies',
  hands: 'see the positions of hands',
  audio: 'follow the beats of the music',
  storage: 'keep data in this browser',
  frames: 'see the pictures of the camera',
  obs: 'steer OBS Studio',
};

const NETWORK = 'network:';

/** Those that somebody is asked for: the rest is granted without a question, or not at all yet. */
export function isAskedFor(permission: Permission): boolean {
  return permission === 'audio' || permission === 'storage' || permission.startsWith(NETWORK);
}

/** What a permission allows, as it follows “may”: `keep data in this browser`. */
export function permissionWords(permission: Permission): string {
  if (permission.startsWith(NETWORK)) {
    return `exchange data with ${permission.slice(NETWORK.length)}, which can include what it sees of you`;
  }
  return WORDS[permission] ?? permission;
}
