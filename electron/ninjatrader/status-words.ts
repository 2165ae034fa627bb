import type { AddonOnDisk } from '../../shared/domain/addon/facts.ts';
import { describeCompile } from './compile-words.ts';
import type { AddonStatus } from './ninjatrader.ts';

/** How the AddOn stands, one sentence a line; what to do comes last. */
export function describeStatus(status: AddonStatus): readonly string[] {
  const { disk, shipped, duplicates, health } = status;
  const isThere = disk.state !== 'absent' && disk.state !== 'unreadable';
  return [
    `The app came with AddOn ${shipped}; ${describeDisk(disk)}.`,
    ...(isThere ? describeCompile(status.compile) : []),
    ...(duplicates.length === 0 ? [] : [`Other copies of the AddOn: ${duplicates.join(', ')}.`]),
    ...(status.sawAllSources
      ? []
      : ['Not every script could be read, so there may be copies that are not listed.']),
    ...(health.advice === '' ? [] : [health.advice]),
  ];
}

function describeDisk(disk: AddonOnDisk): string {
  if (disk.state === 'absent') return 'none is installed';
  if (disk.state === 'unreadable') return 'the installed one cannot be read';
  const version = disk.version ?? 'of an unknown version';
  const which = { current: 'the same', older: 'older', newer: 'newer', edited: 'changed by hand' };
  return `installed is ${version}, ${which[disk.state]}`;
}
