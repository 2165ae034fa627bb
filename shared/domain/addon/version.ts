const DOTTED = /^\d{1,9}(\.\d{1,9}){1,3}$/;

/**
 * Orders two dotted versions of two to four numbers: negative when `left` is older, 0 when both are the same,
 * positive when it is newer; missing numbers count as 0. Null when either is no such version.
 */
export function compareVersions(left: string, right: string): number | null {
  if (!DOTTED.test(left) || !DOTTED.test(right)) return null;
  const [ours, theirs] = [left, right].map((text) => text.split('.').map(Number));
  for (let at = 0; at < 4; at += 1) {
    const difference = (ours?.[at] ?? 0) - (theirs?.[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
