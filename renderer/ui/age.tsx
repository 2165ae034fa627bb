import { spanText } from '../format/time-text.ts';
import { useNow } from './clock.tsx';

/** How long ago something was heard; counts up on the screen and decides nothing. */
export function Age({ since }: { readonly since: number | null }) {
  const now = useNow();
  if (since === null) return <span className="age">never heard</span>;
  return <span className="age">{spanText(now - since)} ago</span>;
}
