import { assertNever } from '../../shared/kernel/assert-never.ts';

/** What can go wrong at the start without stopping the app: it opens and says so. */
export type StartupTrouble =
  | { readonly code: 'DATA_FOLDER'; readonly folder: string; readonly detail: string }
  | { readonly code: 'JOURNAL'; readonly folder: string; readonly detail: string }
  | { readonly code: 'BRIDGE'; readonly detail: string };

export interface TroubleNotice {
  readonly title: string;
  readonly message: string;
  readonly detail: string;
}

/** Says what does not work, what still does, and what to do about it. */
export function troubleNotice(trouble: StartupTrouble): TroubleNotice {
  switch (trouble.code) {
    case 'DATA_FOLDER':
      return {
        title: 'Enigma Apex',
        message: 'Nothing can be saved: the data folder cannot be written.',
        detail:
          `${trouble.folder}\n${trouble.detail}\n\nThe desk and every flatten work; the journal keeps nothing. ` +
          'Give your user the right to write this folder, or free space on the disk, then start the app again.',
      };
    case 'JOURNAL':
      return {
        title: 'Enigma Apex',
        message: 'The journal could not be opened.',
        detail:
          `${trouble.folder}\n${trouble.detail}\n\nThe desk and every flatten work; what happens now is not ` +
          'saved. Nothing was deleted: move the journal file aside, or restore it, then start the app again.',
      };
    case 'BRIDGE':
      return {
        title: 'Enigma Apex',
        message: `NinjaTrader cannot connect. ${trouble.detail}`,
        detail:
          'If another program holds the port, end it or choose another port in the settings; then start the app ' +
          'again. Until then the desk sees nothing and flattens nothing: flatten in NinjaTrader itself.',
      };
    default:
      return assertNever(trouble);
  }
}
