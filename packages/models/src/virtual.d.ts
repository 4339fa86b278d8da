/** The engine's own module as an address, for browser tests. */
declare module '@mediapipe/tasks-vision?url' {
  const address: string;
  export default address;
}
