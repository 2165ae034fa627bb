import { connect } from 'node:net';
import { join } from 'node:path';
import { Failure } from './failure.mjs';

/**
 * A window needs a screen, and on Linux there may be none.
 * @param {NodeJS.ProcessEnv} env
 * @param {NodeJS.Platform} [platform]
 */
export async function requireDisplay(env, platform = process.platform) {
  if (platform !== 'linux') return;
  const { DISPLAY: display, WAYLAND_DISPLAY: wayland, XDG_RUNTIME_DIR: runtime } = env;
  if (wayland && runtime && (await answers({ path: join(runtime, wayland) }))) return;
  if (display && (await anyAnswers(displayAddresses(display)))) return;
  throw new Failure(
    display || wayland
      ? `The desk needs a screen, and the display ${display || wayland} does not answer: start it from a terminal of a running desktop session.`
      : 'The desk needs a screen, and this session has none (neither DISPLAY nor WAYLAND_DISPLAY is set): start it from a desktop session, or use "npm run apex" for the headless command.',
  );
}

/**
 * Where an X server named like ":0", ":99.0" or "host:10" listens; the NUL begins Linux's abstract names.
 * @param {string} display
 * @returns {import('node:net').NetConnectOpts[]}
 */
function displayAddresses(display) {
  const match = /^(?<host>[^:]*):(?<number>\d+)(\.\d+)?$/.exec(display);
  if (!match?.groups) return [];
  const { host, number } = match.groups;
  if (host && host !== 'unix') return [{ host, port: 6000 + Number(number) }];
  const path = `/tmp/.X11-unix/X${number}`;
  return [{ path }, { path: `\0${path}` }];
}

/** @param {import('node:net').NetConnectOpts[]} addresses */
async function anyAnswers(addresses) {
  for (const address of addresses) if (await answers(address)) return true;
  return false;
}

/**
 * @param {import('node:net').NetConnectOpts} address
 * @returns {Promise<boolean>}
 */
function answers(address) {
  return new Promise((resolve) => {
    const socket = connect({ ...address, timeout: 2_000 });
    /** @param {boolean} answer */
    const settle = (answer) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', () => settle(true));
    socket.once('error', () => settle(false));
    socket.once('timeout', () => settle(false));
  });
}
