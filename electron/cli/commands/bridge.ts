import { z } from 'zod';
import type { DeskPatch } from '../../../shared/protocol/ipc/views.ts';
import { EXIT, type HeadlessCommand, type Terminal } from '../command.ts';
import { defaultFolder, withHeadlessDesk } from '../headless-desk.ts';
import { parseWords, toggle } from '../words.ts';

const FLAGS = {
  folder: z.string().min(1).default(defaultFolder()),
  port: z.coerce.number().int().min(0).max(65_535).default(8765),
  json: toggle,
};

/** `apex bridge`: serves the bridge without a window until it is stopped; prints the feed, or every patch with --json. */
export const bridge: HeadlessCommand = async (words, terminal) => {
  const parsed = parseWords(words, FLAGS);
  if (!parsed.ok) {
    terminal.note(`${parsed.error}. Use: apex bridge [--folder <dir>] [--port <n>] [--json]`);
    return EXIT.usage;
  }
  const { folder, port, json } = parsed.value.flags;
  return withHeadlessDesk({ folder, port }, terminal, async (desk) => {
    terminal.note(`Listening on 127.0.0.1:${desk.port}; pairing file ${desk.pairingFile}`);
    desk.engine.onPatch((patch) => print(patch, json, terminal));
    await terminal.interrupted;
    return EXIT.done;
  });
};

function print(patch: DeskPatch, json: boolean, terminal: Terminal): void {
  if (json) {
    terminal.out(JSON.stringify(patch));
    return;
  }
  for (const { at, severity, text } of patch.feed ?? []) {
    terminal.out(`${new Date(at).toISOString()} ${severity} ${text}`);
  }
}
