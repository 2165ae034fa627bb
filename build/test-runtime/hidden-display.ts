/** Larger than the window at 200 % scaling, so that no test is cut off by the screen. */
const SCREEN = '-screen 0 2560x1600x24 -nolisten tcp';

/** Wraps a command so that it runs on an X display of its own that nobody sees. */
export function onHiddenDisplay(command: readonly string[]): readonly string[] {
  return ['xvfb-run', '--auto-servernum', `--server-args=${SCREEN}`, ...command];
}
