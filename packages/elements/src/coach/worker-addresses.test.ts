import { describe, expect, it } from 'vitest';
import { workerAddresses } from './worker-addresses.ts';

const addresses = (address: string, engine: string) => {
  const { mediapipe, onnx } = workerAddresses(address, engine);
  return [mediapipe.workerUrl, onnx.workerUrl];
};

describe('the addresses of the engines’ workers', () => {
  it('are both in the folder that is named', () => {
    expect(addresses('https://site.example/pose-coach/', 'auto')).toEqual([
      'https://site.example/pose-coach/mediapipe-worker.js',
      'https://site.example/pose-coach/onnx-worker.js',
    ]);
  });

  it.each(['auto', 'mediapipe'])('begin with MediaPipe’s file where the engine is %s', (engine) => {
    expect(addresses('https://site.example/scripts/worker-8f3a.js', engine)).toEqual([
      'https://site.example/scripts/worker-8f3a.js',
      'https://site.example/scripts/onnx-worker.js',
    ]);
  });

  it('begin with the file for ONNX Runtime where that is the engine', () => {
    expect(addresses('https://site.example/scripts/worker-8f3a.js', 'onnx')).toEqual([
      'https://site.example/scripts/mediapipe-worker.js',
      'https://site.example/scripts/worker-8f3a.js',
    ]);
  });
});
