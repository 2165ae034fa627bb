import { z } from 'zod';
import { PACK_FORMAT, PackFile } from '../../shared/protocol/rule-pack/pack-file.ts';
import type { GeneratedFile } from '../commands/generate.ts';

/** The form of a rule pack, for editors and for people who write packs with other tools. */
export default function rulePackSchema(): readonly GeneratedFile[] {
  const { $schema, ...schema } = z.toJSONSchema(PackFile, { io: 'input' });
  const titled = {
    $schema,
    title: `Enigma Apex rule pack, format ${PACK_FORMAT}`,
    $comment: 'Generated from shared/protocol/rule-pack by "npm run generate".',
    ...schema,
  };
  return [
    { path: 'resources/rule-pack.schema.json', content: `${JSON.stringify(titled, null, 2)}\n` },
  ];
}
