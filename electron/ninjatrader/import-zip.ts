import { zipSync, type ZipOptions } from 'fflate';
import { bytesForDisk, type ShippedAddon } from './addon-source.ts';
import { ADDON_CLASS } from './layout.ts';

/**
 * A low number, so that no supported NinjaTrader takes the archive for one from its future: the first version on
 * .NET Framework 4.8. The form is that of NinjaTrader's own exports.
 */
const OLDEST_NINJATRADER = '8.0.23.0';
const INFO = [
  '\uFEFF<?xml version="1.0" encoding="utf-8"?>',
  '<NinjaTrader>',
  '  <Export>',
  `    <Version>${OLDEST_NINJATRADER}</Version>`,
  '    <Agile>None</Agile>',
  '  </Export>',
  '</NinjaTrader>',
  '',
].join('\r\n');

const entry = (): ZipOptions => ({
  level: 9,
  // Made on a FAT system: NinjaTrader splits the folder off at the backslash.
  os: 0,
  // Zip times are local without a zone; fields given locally come out the same in every zone.
  mtime: new Date(2020, 0, 1, 12, 0, 0),
});

/** The AddOn as an archive for NinjaTrader's Tools > Import > NinjaScript; the same bytes for the same AddOn. */
export function importZip(addon: ShippedAddon): Uint8Array {
  return zipSync({
    'Info.xml': [new TextEncoder().encode(INFO), entry()],
    [`AddOns\\${ADDON_CLASS}.cs`]: [new Uint8Array(bytesForDisk(addon)), entry()],
  });
}
