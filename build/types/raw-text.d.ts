/** A file taken in as text, by vite, vitest and the app build alike. */
declare module '*?raw' {
  const text: string;
  export default text;
}
