import { FakeClock } from '../../../shared/testing/fake-clock.ts';
import { mountDesk } from '../../app/mount.tsx';
import { FakeDesk } from '../../bridge/fake-desk.ts';
import { SCENARIOS, type ScenarioName } from '../../bridge/fake/scenarios.ts';
import { SCENE } from '../../bridge/fake/view-parts.ts';
import '../../styles/all.css';

declare global {
  interface Window {
    /** The desk behind the page and the clock that both live on, for the specs. */
    readonly fake: { readonly desk: FakeDesk; readonly clock: FakeClock };
  }
}

const wanted = new URLSearchParams(location.search);
const name = wanted.get('scenario') ?? 'exposed';
if (!(name in SCENARIOS)) throw new Error(`No scenario is called ${name}.`);
const theme = wanted.get('theme') === 'light' ? 'light' : 'dark';
const clock = new FakeClock(SCENE);
const desk = new FakeDesk({
  view: SCENARIOS[name as ScenarioName](),
  timers: clock,
  wall: () => clock.wall(),
  theme,
});
Object.assign(window, { fake: { desk, clock } });

const root = document.getElementById('desk');
if (root === null) throw new Error('The page has no element for the desk.');
mountDesk(root, { api: desk, now: () => clock.wall(), timers: clock });
