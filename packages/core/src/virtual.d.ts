declare module 'virtual:mediapipe-worker' {
  const source: string;
  export default source;
}
