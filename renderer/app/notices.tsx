import { useDesk } from './desk-context.ts';
import { spanText } from '../format/time-text.ts';
import { useNow } from '../ui/clock.tsx';
import { Shape } from '../ui/shape.tsx';

/** The engine repeats itself every second while the link is up; older than this and the window is blind. */
const BLIND_MS = 10_000;

/** Tells in one line why the figures below may be old or missing. */
export function Notices() {
  const text = useNoticeText();
  return (
    <div className="notices" role="status">
      {text !== null && (
        <p className="notice">
          <Shape name="triangle" />
          <span>{text}</span>
        </p>
      )}
    </div>
  );
}

function useNoticeText(): string | null {
  const mirror = useDesk((state) => state.mirror);
  const trouble = useDesk((state) => state.trouble);
  const bridge = useDesk(({ view }) => view?.bridge ?? null);
  const store = useDesk(({ view }) => view?.store ?? null);
  const now = useNow();
  if (mirror === 'broken')
    return `This window lost touch with the engine: ${trouble} Flatten still works.`;
  if (bridge === null) return null;
  const heardAt = bridge.heardAt ?? now;
  if (bridge.state === 'lost') {
    return `The link to NinjaTrader is down for ${spanText(now - heardAt)}. Everything below is the last known state. ${bridge.detail}`;
  }
  if (bridge.state === 'failed') return `The bridge cannot run. ${bridge.detail}`;
  if (bridge.state === 'stale') {
    return `NinjaTrader has been silent for ${spanText(now - heardAt)}. Figures below may be old.`;
  }
  if (bridge.state === 'connected' && now - heardAt > BLIND_MS) {
    return `Nothing new for ${spanText(now - heardAt)}. Figures below may be old.`;
  }
  if (store !== null && store.state !== 'ok') {
    return `The journal cannot be written. ${store.detail} Flatten works; what happens is kept in memory.`;
  }
  return null;
}
