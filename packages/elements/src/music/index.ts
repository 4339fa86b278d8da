export { PoseMusicElement } from './pose-music.ts';
