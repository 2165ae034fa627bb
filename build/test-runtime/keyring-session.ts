/**
 * Wraps a command so that it runs in a D-Bus session of its own with an unlocked, empty keyring, as
 * on a desktop somebody has just logged in to. The keyring's files are in the HOME of the command.
 */
export function inKeyringSession(command: readonly string[]): readonly string[] {
  const script = [
    'set -e',
    'printf "test\\n" | gnome-keyring-daemon --unlock --components=secrets > /dev/null',
    'exec "$@"',
  ].join('\n');
  return ['dbus-run-session', '--', 'bash', '-c', script, 'keyring-session', ...command];
}
