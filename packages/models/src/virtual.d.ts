/** A file of a package as an address, for browser tests. */
declare module '*?url' {
  const address: string;
  export default address;
}
