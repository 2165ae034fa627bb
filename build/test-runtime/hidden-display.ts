/** Larger than the window at 200 % scaling, so that no test is cut off by the screen. */
const SCREEN = '-screen 0 2560x1600x24 -nolisten tcp';

const LIST = 'ENIGMA_APEX_TEST_DISPLAYS';

/**
 * Wraps a command so that it has several X displays of its own that nobody sees. Apps on different
 * displays do not contend for global shortcuts, so that tests can run side by side.
 */
export function onHiddenDisplays(count: number, command: readonly string[]): readonly string[] {
  if (count === 0) return command;
  const remember = `export ${LIST}="$${LIST} $DISPLAY=$XAUTHORITY"; exec "$@"`;
  return [
    'xvfb-run',
    '--auto-servernum',
    `--server-args=${SCREEN}`,
    ...['bash', '-c', remember, 'hidden-display'],
    ...onHiddenDisplays(count - 1, command),
  ];
}

/** The variables that put a program on one of the displays; none where there are no hidden ones. */
export function displayOf(worker: number, env: NodeJS.ProcessEnv): Record<string, string> {
  const displays = (env[LIST] ?? '').trim().split(/\s+/);
  const [display, authority] = displays[worker % displays.length]?.split('=') ?? [];
  return display && authority ? { DISPLAY: display, XAUTHORITY: authority } : {};
}
