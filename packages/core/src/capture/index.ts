export { type CapturedFrame, type FrameImage, nextEpoch } from './captured-frame.ts';
