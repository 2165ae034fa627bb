import { useState, type FocusEvent } from 'react';
import { useShallow } from 'zustand/react/shallow';
import { useDesk } from '../../app/desk-context.ts';
import { accountOrder, heldOrder } from '../../state/account-order.ts';

export interface SteadyOrder {
  readonly names: readonly string[];
  /** The accounts would stand otherwise if nobody were pointing at them. */
  readonly isHeld: boolean;
  /** Handlers of the element that holds the accounts. */
  readonly handlers: {
    readonly onPointerEnter: () => void;
    readonly onPointerLeave: () => void;
    readonly onFocus: (event: FocusEvent) => void;
    readonly onBlur: () => void;
  };
}

/** The worst account first, but nothing changes its place under a pointer or under the keyboard. */
export function useSteadyOrder(): SteadyOrder {
  const order = useDesk(useShallow(({ view }) => accountOrder(view)));
  const [pointed, setPointed] = useState<readonly string[] | null>(null);
  const [focused, setFocused] = useState<readonly string[] | null>(null);
  const held = pointed ?? focused;
  const names = held === null ? order : heldOrder(held, order);
  return {
    names,
    isHeld: names.some((name, place) => name !== order[place]),
    handlers: {
      onPointerEnter: () => setPointed(names),
      onPointerLeave: () => setPointed(null),
      onFocus: ({ target }) => {
        // A click leaves the focus behind; only a keyboard that is at work holds the order.
        if (target.matches(':focus-visible')) setFocused((now) => now ?? names);
      },
      onBlur: () => setFocused(null),
    },
  };
}
