export { type CameraOptions, camera } from './camera.ts';
export { type CameraDevice, type CameraDevices, listCameras, watchCameras } from './camera-list.ts';
export { type CanvasOptions, canvas } from './canvas.ts';
export { type CapturedFrame, type FrameImage, nextEpoch } from './captured-frame.ts';
export { type ImageSource, image } from './image.ts';
export { mediaStream } from './media-stream.ts';
export { RawImage } from './raw-image.ts';
export { type VideoElementOptions, videoElement } from './video-element.ts';
export { type VideoFileOptions, videoFile } from './video-file.ts';
