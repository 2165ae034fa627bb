import { useCallback } from 'react';

type Attach = (list: HTMLElement | null) => () => void;

/**
 * Keeps the flatten button under the pointer where it is when what lies above it grows or shrinks: the list is
 * scrolled by as much as the button moved, so that a press never meets another account's button.
 */
export function usePinnedButton(): Attach {
  return useCallback<Attach>((list) => (list === null ? () => undefined : pinButtons(list)), []);
}

/** Scrolling knows whole pixels only. */
const LEAST = 1;

function pinButtons(list: HTMLElement): () => void {
  let button: Element | null = null;
  let top = 0;
  const place = (): number => button?.getBoundingClientRect().top ?? 0;
  const follow = (): void => {
    top = place();
  };
  const pin = ({ target }: Event): void => {
    button = target instanceof Element ? target.closest('.button-flatten') : null;
    follow();
  };
  const hold = (): void => {
    if (button?.isConnected !== true || Math.abs(place() - top) < LEAST) return;
    shift(list, () => place() - top);
    // What was done here is no news.
    changes.takeRecords();
  };
  const release = (): void => {
    button = null;
    list.style.removeProperty('padding');
  };
  const changes = new MutationObserver(hold);
  changes.observe(list, { subtree: true, childList: true, characterData: true, attributes: true });
  const sizes = new ResizeObserver(hold);
  sizes.observe(list);
  list.addEventListener('pointerover', pin);
  list.addEventListener('pointerleave', release);
  // A scroll by hand moves the button too, and is meant.
  document.addEventListener('scroll', follow, true);
  return () => {
    changes.disconnect();
    sizes.disconnect();
    list.removeEventListener('pointerover', pin);
    list.removeEventListener('pointerleave', release);
    document.removeEventListener('scroll', follow, true);
  };
}

/** Moves the list's content back by what `moved` says; room at its ends is made where there is nothing to scroll. */
function shift(list: HTMLElement, moved: () => number): void {
  const above = Number.parseFloat(list.style.paddingTop || '0');
  list.style.padding = `${String(above)}px 0 ${String(list.clientHeight)}px`;
  list.scrollTop += moved();
  // A small window scrolls as a whole.
  if (moved() !== 0) document.documentElement.scrollTop += moved();
  if (moved() < 0) list.style.paddingTop = `${String(above - moved())}px`;
}
