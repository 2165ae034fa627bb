import { describeFolder } from '../ninjatrader/folder-words.ts';
import type { Installed, InstallFailure, Removed } from '../ninjatrader/install.ts';
import {
  describeInstalled,
  describeInstallFailure,
  describeRemoved,
} from '../ninjatrader/install-words.ts';
import type { AddonStatus } from '../ninjatrader/ninjatrader.ts';
import { describePairing, type PairingReport } from '../ninjatrader/pairing-check.ts';
import { describeStatus } from '../ninjatrader/status-words.ts';
import type { FoundFolders } from '../ninjatrader/user-folder.ts';

/** What a call of `apex addon` came to: sentences for a person, an object for a program. */
export interface Answer {
  readonly isGood: boolean;
  readonly lines: readonly string[];
  readonly json: object;
}

export function statusAnswer(folder: string, status: AddonStatus, pairing: PairingReport): Answer {
  const { state } = status.health;
  return {
    // Without the app nobody listens for the AddOn; all that can be seen from here is right.
    isGood: (state === 'ready' || state === 'notWatched') && pairing.state === 'ready',
    lines: [`NinjaTrader's folder: ${folder}`, ...describeStatus(status), describePairing(pairing)],
    json: { folder, ...status, pairing },
  };
}

export function installedAnswer(done: Installed, version: string, pairing: PairingReport): Answer {
  const lines = describeInstalled(done, version);
  return {
    isGood: pairing.state === 'ready',
    lines: pairing.state === 'ready' ? lines : [...lines, describePairing(pairing)],
    json: { ...done, version, pairing },
  };
}

export function removedAnswer(
  done: Removed,
  left: { readonly ownFolder: string; readonly pairingFile: string },
): Answer {
  return { isGood: true, lines: describeRemoved(done, left), json: { ...done, left } };
}

export function failureAnswer(failure: InstallFailure): Answer {
  const sentence = describeInstallFailure(failure);
  return { isGood: false, lines: [sentence], json: { failure, sentence } };
}

/** NinjaTrader's folder was not found, or there are several and the person has to say which. */
export function searchAnswer(found: FoundFolders & { readonly kind: 'several' | 'none' }): Answer {
  const lines =
    found.kind === 'several'
      ? [
          'There are several folders of NinjaTrader; name yours with --user-folder:',
          ...found.folders.map((folder) => `  ${folder.path} (${describeFolder(folder)})`),
        ]
      : [
          `NinjaTrader's folder was not found; name it with --user-folder.${found.lookedIn.length === 0 ? '' : ' Looked in:'}`,
          ...found.lookedIn.map(({ path, why }) => `  ${path}: ${why}`),
        ];
  return { isGood: false, lines, json: found };
}

export function lostChoiceAnswer(lost: { readonly path: string; readonly why: string }): Answer {
  const sentence = `${lost.path} is no folder of NinjaTrader: ${lost.why}.`;
  return { isGood: false, lines: [sentence], json: { failure: 'NO_NINJATRADER', sentence } };
}

export function refusal(sentence: string): Answer {
  return { isGood: false, lines: [sentence], json: { failure: sentence } };
}
