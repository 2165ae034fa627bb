import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CLOSE_CODES } from '../../shared/protocol/versions.ts';
import { checkout } from '../bootstrap/checkout.ts';
import { Failure } from '../bootstrap/failure.mjs';
import type { GeneratedFile } from '../commands/generate.ts';
import { messageNotes } from './message-notes.ts';
import { schemasOf, type messageSets } from './protocol-schema.ts';

const DOCUMENT = 'docs/protocol.md';
const BEGIN = '<!-- generated: messages -->';
const END = '<!-- end of generated -->';

const TITLES = {
  clientHandshake: 'AddOn to app, before the session',
  serverHandshake: 'App to AddOn, before the session (`refused` also at its end)',
  addonEvent: 'AddOn to app',
  appCommand: 'App to AddOn',
} as const;

interface Schema {
  readonly type?: string | readonly string[];
  readonly const?: string | number;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
}

/** The document with its tables brought up to date; everything outside the markers is written by hand. */
export default function protocolDocument(): readonly GeneratedFile[] {
  const text = readFileSync(join(checkout, DOCUMENT), 'utf8').replaceAll('\r\n', '\n');
  const begin = text.indexOf(BEGIN);
  const end = text.indexOf(END);
  if (begin < 0 || end < begin)
    throw new Failure(`${DOCUMENT} lacks its markers ${BEGIN}, ${END}.`);
  const before = text.slice(0, begin + BEGIN.length);
  return [{ path: DOCUMENT, content: `${before}\n\n${tables()}\n${text.slice(end)}` }];
}

function tables(): string {
  const sets = Object.keys(TITLES) as (keyof typeof messageSets)[];
  return [...sets.map(tableOf), closeCodes()].join('\n');
}

function tableOf(set: keyof typeof messageSets): string {
  const notes: Readonly<Record<string, string>> = messageNotes[set];
  const rows = [...schemasOf(set)].map(([type, schema]) => {
    const payload = (schema as Schema).properties?.['payload'];
    return `| \`${type}\` | ${notes[type] ?? ''} | ${fields(payload)} |`;
  });
  const head = '| type | meaning | payload |\n| --- | --- | --- |';
  return `### ${TITLES[set]}\n\n${head}\n${rows.join('\n')}\n`;
}

function closeCodes(): string {
  const rows = Object.entries(CLOSE_CODES).map(([name, code]) => `| ${code} | \`${name}\` |`);
  return `### Close codes\n\n| code | name |\n| --- | --- |\n${rows.join('\n')}\n`;
}

/** Payloads of events that also stand in a snapshot, so that the table can name them. */
const RECORDS: ReadonlyMap<string, string> = new Map(
  [...schemasOf('addonEvent')].map(([type, schema]) => [
    JSON.stringify((schema as Schema).properties?.['payload']),
    type,
  ]),
);

function fields(payload: Schema | undefined): string {
  const entries = Object.entries(payload?.properties ?? {});
  return entries.map(([name, schema]) => `\`${name}\` ${kindOf(schema)}`).join(', ');
}

function kindOf(schema: Schema): string {
  if (schema.const !== undefined) return `"${schema.const}"`;
  if (schema.enum !== undefined) return schema.enum.map(String).join(' / ');
  const variants = schema.anyOf ?? schema.oneOf;
  if (variants !== undefined) return variants.map(kindOf).join(' or ');
  if (schema.type === 'array') return `list of ${kindOf(schema.items ?? {})}`;
  if (typeof schema.type === 'object') return schema.type.join(' or ');
  const record = RECORDS.get(JSON.stringify(schema));
  if (record !== undefined) return `\`${record}\``;
  if (schema.type === 'object') return `{ ${fields(schema)} }`;
  return schema.type === 'string' ? 'text' : (schema.type ?? 'anything');
}
