import { z } from 'zod';
import {
  AppCommand,
  ClientHandshake,
  ServerHandshake,
} from '../../shared/protocol/addon/commands.ts';
import { AddonEvent } from '../../shared/protocol/addon/events.ts';
import { PROTOCOL_VERSION } from '../../shared/protocol/versions.ts';
import type { GeneratedFile } from '../commands/generate.ts';

/** The four sets of messages, by who may send them when. */
export const messageSets = {
  clientHandshake: ClientHandshake,
  serverHandshake: ServerHandshake,
  addonEvent: AddonEvent,
  appCommand: AppCommand,
} as const;

type JsonSchema = z.core.JSONSchema.BaseSchema;

/** Each message of a set by its type, as JSON Schema of what a reader must accept. */
export function schemasOf(set: keyof typeof messageSets): ReadonlyMap<string, JsonSchema> {
  const schemas = new Map<string, JsonSchema>();
  for (const option of messageSets[set].options) {
    const { $schema: _dialect, ...schema } = z.toJSONSchema(option, { io: 'input' });
    schemas.set(option.shape.type.value, schema);
  }
  return schemas;
}

export default function protocolSchema(): readonly GeneratedFile[] {
  const sets = Object.keys(messageSets) as (keyof typeof messageSets)[];
  const definitions: Record<string, JsonSchema> = {};
  for (const set of sets) {
    const messages = schemasOf(set);
    for (const [type, schema] of messages) definitions[`${set}.${type}`] = schema;
    definitions[set] = {
      oneOf: [...messages.keys()].map((type) => ({ $ref: `#/$defs/${set}.${type}` })),
    };
  }
  const schema = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: `Enigma Apex bridge protocol, version ${PROTOCOL_VERSION}`,
    $comment: 'Generated from shared/protocol by "npm run generate".',
    anyOf: sets.map((set) => ({ $ref: `#/$defs/${set}` })),
    $defs: definitions,
  };
  return [
    { path: 'resources/protocol.schema.json', content: `${JSON.stringify(schema, null, 2)}\n` },
  ];
}
