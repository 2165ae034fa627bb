import { assertNever } from '../../shared/kernel/assert-never.ts';
import { reasonOf } from './file-failure.ts';
import type { Installed, InstallFailure, Removed } from './install.ts';
import type { InstalledFailure } from './installed-addon.ts';
import type { PlaceFailure } from './placed-file.ts';

/** What an installation did, one sentence a line. */
export function describeInstalled(done: Installed, version: string): readonly string[] {
  if (done.outcome === 'alreadyCurrent') return [`AddOn ${version} is installed already.`];
  const first =
    done.outcome === 'installed'
      ? `AddOn ${version} is installed.`
      : `AddOn ${version} has replaced the one that was there.`;
  const kept = done.replacedEdited
    ? `The file that was there had been changed by hand; it is kept as ${done.backup ?? ''}.`
    : `The file that was there is kept as ${done.backup ?? ''}.`;
  return [
    first,
    ...(done.backup === null ? [] : [kept]),
    'Press F5 in New > NinjaScript Editor, so that NinjaTrader compiles it.',
  ];
}

/** What a removal did, and what it left: the guard and the pairing outlive the AddOn. */
export function describeRemoved(
  done: Removed,
  left: { readonly ownFolder: string; readonly pairingFile: string },
): readonly string[] {
  if (done.outcome === 'wasAbsent') return ['There was no AddOn to remove.'];
  return [
    'The AddOn is removed.',
    ...(done.backup === null ? [] : [`It had been changed by hand; it is kept as ${done.backup}.`]),
    'NinjaTrader runs the compiled one until you press F5 in New > NinjaScript Editor and restart it; after that no lock and no limit is enforced there.',
    `Kept: the guard and earlier files in ${left.ownFolder}, the pairing file ${left.pairingFile}.`,
  ];
}

/** Why nothing was changed, in one sentence. */
export function describeInstallFailure(failure: InstallFailure): string {
  switch (failure.code) {
    case 'NO_NINJATRADER':
      return `NinjaTrader 8 does not keep its files in ${failure.detail}: there is no bin\\Custom in it.`;
    case 'NEWER_PRESENT':
      return `NinjaTrader has AddOn ${failure.detail}, which is newer than the app's own; update the app.`;
    case 'NOT_OURS':
      return `${failure.detail} does not hold the AddOn; it was left alone.`;
    case 'UNREADABLE':
      return `The AddOn's place cannot be read: ${causeOf(failure.cause)}; nothing was changed.`;
    case 'NOT_KEPT':
      return `The file that is there could not be kept as a copy: ${causeOf(failure.cause)}; nothing was changed.`;
    case 'NOT_WRITTEN':
      return `The AddOn could not be written: ${causeOf(failure.cause)}; what was there stands.`;
    case 'TORN':
      return `The AddOn could not be written: ${causeOf(failure.cause)}; install it again${
        failure.backup === null ? '' : `, the file that was there is kept as ${failure.backup}`
      }.`;
    case 'NOT_REMOVED':
      return `The AddOn could not be removed: ${causeOf(failure.cause)}; it stands.`;
    default:
      return assertNever(failure);
  }
}

function causeOf(cause: InstalledFailure | PlaceFailure): string {
  if (cause.code === 'NOT_A_FILE') return `a ${cause.detail} lies there instead of a file`;
  if (cause.code === 'ALTERED') {
    return `another program changed it at once, ${cause.detail} came back; a virus scanner may have done it`;
  }
  return reasonOf(cause);
}
