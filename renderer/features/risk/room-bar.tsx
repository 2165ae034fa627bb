import type { AccountView } from '../../../shared/protocol/ipc/views.ts';
import { trustedBand } from '../../words/risk-words.ts';
import { isCertain } from './room-trust.ts';

/** What is left of the firm's room as a bar, with a tick where the own limit lies. The figures beside it say the same. */
export function RoomBar({ account }: { readonly account: AccountView }) {
  const { roomShare, own, floor, room } = account.risk;
  const left = Math.max(0, Math.min(1_000, roomShare ?? 0));
  const ownAt = ownShare(
    roomShare,
    room,
    own === null || floor === null ? null : own.level - floor,
  );
  const band = trustedBand(roomShare, isCertain(account));
  return (
    <div className={`room-bar tone-${band.tone}`} aria-hidden="true">
      <span className="room-bar-left" style={{ width: `${String(left / 10)}%` }} />
      {ownAt !== null && (
        <span className="room-bar-own" style={{ left: `${String(ownAt / 10)}%` }} />
      )}
    </div>
  );
}

/** Where the own limit lies in the whole room, in parts per thousand; null when that cannot be told. */
function ownShare(
  roomShare: number | null,
  room: number | null,
  aboveFloor: number | null,
): number | null {
  if (roomShare === null || room === null || aboveFloor === null) return null;
  if (roomShare <= 0 || room <= 0) return null;
  return Math.max(0, Math.min(1_000, (aboveFloor * roomShare) / room));
}
