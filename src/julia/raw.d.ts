/** A file's text, put into the bundle when it is built (build/bundle.mjs) and read by vitest as Vite does. */
declare module "*?raw" {
  const text: string;
  export default text;
}
