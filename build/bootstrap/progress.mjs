const TICK_MS = 10_000;

/** @param {number} ms */
export function seconds(ms) {
  return ms < 10_000 ? `${(ms / 1000).toFixed(1)} s` : `${Math.round(ms / 1000)} s`;
}

/**
 * What is going on, on standard error, so that a command's own output can be piped.
 * @param {string} line
 */
export function say(line) {
  process.stderr.write(`${line}\n`);
}

/**
 * A command's own output.
 * @param {string} line
 */
export function print(line) {
  process.stdout.write(`${line}\n`);
}

/**
 * Says what is being done, that it is still being done, and how long it took.
 * @template T
 * @param {string} title
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function step(title, work) {
  const began = performance.now();
  say(`> ${title}`);
  const ticking = setInterval(
    () => say(`  still at it: ${title} (${seconds(performance.now() - began)})`),
    TICK_MS,
  );
  try {
    const result = await work();
    say(`  done in ${seconds(performance.now() - began)}`);
    return result;
  } finally {
    clearInterval(ticking);
  }
}
