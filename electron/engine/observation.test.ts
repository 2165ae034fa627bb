import { describe, expect, it } from 'vitest';
import type { AccountName } from '../../shared/domain/account/account.ts';
import { account, opened, SIM, snapshot } from '../../shared/testing/desk-facts.ts';
import { DeskWorld } from '../../shared/testing/desk-world.ts';
import { observe } from './observation.ts';

const ALL = { kind: 'all' } as const;
const OTHER = 'Sim102' as AccountName;
const away = (name: AccountName) => account(1, { name, connectionStatus: 'disconnected' });

describe('a look at everything', () => {
  it('does not wait for accounts without a broker while others can be read', () => {
    const desk = new DeskWorld().take(
      opened(),
      snapshot(1, { accounts: [account(1), away(OTHER)] }),
    );
    const seen = observe(desk.state, ALL);
    expect(seen).toMatchObject({ covered: [SIM], notCovered: [OTHER], unreadable: [] });
  });

  it('counts them as unreadable when there is no account that can be read', () => {
    const desk = new DeskWorld().take(
      opened(),
      snapshot(1, { accounts: [away(SIM), away(OTHER)] }),
    );
    const seen = observe(desk.state, ALL);
    expect(seen).toMatchObject({ covered: [], notCovered: [], unreadable: [SIM, OTHER] });
  });
});
