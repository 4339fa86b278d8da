import { describe, expect, it } from 'vitest';
import { workerAddresses } from './worker-addresses.ts';

const addresses = (address: string, engine: string) => {
  const { mediapipe, onnx } = workerAddresses(address, engine);
  return [mediapipe.workerUrl, onnx.workerUrl];
};

describe('the addresses of the engines’ workers', () => {
  it.each([
    'https://site.example/pose-coach/',
    'https://site.example/pose-coach',
    'https://site.example/pose-coach?v=3',
  ])('are both in the folder that is named: %s', (folder) => {
    expect(addresses(folder, 'auto')).toEqual([
      'https://site.example/pose-coach/mediapipe-worker.js',
      'https://site.example/pose-coach/onnx-worker.js',
    ]);
  });

  it('are both in a folder whose name has a dot', () => {
    expect(addresses('https://site.example/pose-coach-1.2.0', 'onnx')).toEqual([
      'https://site.example/pose-coach-1.2.0/mediapipe-worker.js',
      'https://site.example/pose-coach-1.2.0/onnx-worker.js',
    ]);
  });

  it.each(['auto', 'mediapipe', 'onnx'])('follow the name of the file where the engine is %s', (engine) => {
    const both = ['https://site.example/own/mediapipe-worker.js', 'https://site.example/own/onnx-worker.js'];
    expect(addresses('https://site.example/own/mediapipe-worker.js', engine)).toEqual(both);
    expect(addresses('https://site.example/own/onnx-worker.js', engine)).toEqual(both);
  });

  it('keep what is written before and behind the name of the file', () => {
    expect(addresses('https://site.example/own/v3-onnx-worker.js?v=3', 'mediapipe')).toEqual([
      'https://site.example/own/mediapipe-worker.js',
      'https://site.example/own/v3-onnx-worker.js?v=3',
    ]);
  });

  it.each(['auto', 'mediapipe'])(
    'take a file of another name for MediaPipe’s where the engine is %s',
    (engine) => {
      expect(addresses('https://site.example/scripts/worker-8f3a.mjs', engine)).toEqual([
        'https://site.example/scripts/worker-8f3a.mjs',
        'https://site.example/scripts/onnx-worker.js',
      ]);
    },
  );

  it('take a file of another name for ONNX Runtime’s where that is the engine', () => {
    expect(addresses('https://site.example/scripts/worker-8f3a.js', 'onnx')).toEqual([
      'https://site.example/scripts/mediapipe-worker.js',
      'https://site.example/scripts/worker-8f3a.js',
    ]);
  });
});
