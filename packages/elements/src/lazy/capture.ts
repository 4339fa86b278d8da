// Loaded when a camera or video is wanted. Named one by one, so that bundlers leave the rest of core out.
export { camera, mediaStream, videoElement, watchCameras } from '@pose-coach/core/camera';
