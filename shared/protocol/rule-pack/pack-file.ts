import { z } from 'zod';
import { rulesPartFields } from './rules.ts';
import { Confidence, Day, Slug } from './values.ts';

/** Bumped when a reader of the old format would misread the new one. */
export const PACK_FORMAT = 1;

/** Where a value was read. The address may be missing where only the document's name is known. */
export const Source = z.strictObject({
  title: z.string().min(1).max(300),
  url: z.url().optional(),
  /** The page's own date. */
  pageDate: Day.optional(),
});
export type Source = z.infer<typeof Source>;

/** Who says so, when somebody last read it, and how sure we are. */
export const Evidence = z.strictObject({
  sources: z.array(Slug).min(1),
  verifiedOn: Day,
  confidence: Confidence,
});
export type Evidence = z.infer<typeof Evidence>;

export const EvidencePart = z.strictObject({
  ...Evidence.partial().shape,
  note: z.string().min(1).max(400).optional(),
});
export type EvidencePart = z.infer<typeof EvidencePart>;

/** Rules and where they come from; `evidenceFor` holds what differs for one value, by its path. */
export const Layer = z
  .strictObject({
    ...rulesPartFields,
    evidence: Evidence.partial().optional(),
    evidenceFor: z.record(z.string().min(1), EvidencePart).optional(),
  })
  .meta({ id: 'Layer' });
export type Layer = z.infer<typeof Layer>;

/** One product at one stage, in all its sizes and, where it matters, on each platform. */
export const Family = z.strictObject({
  generation: Slug,
  product: Slug,
  stage: Slug,
  /** For people; `{size}` stands for the size. */
  name: z.string().min(1).max(80),
  availability: z.enum(['sold', 'retired', 'unknown']),
  /** Layers named under `layers`, applied in this order before `rules`. */
  uses: z.array(Slug).optional(),
  rules: Layer,
  sizes: z.record(Slug, Layer),
  platforms: z.record(Slug, Layer).optional(),
});
export type Family = z.infer<typeof Family>;

/** A firm's rules as they are kept in a file. */
export const PackFile = z.strictObject({
  $schema: z.string().optional(),
  format: z.literal(PACK_FORMAT),
  firm: z.strictObject({
    id: Slug,
    name: z.string().min(1).max(80),
    /** How the firm is called within a sentence. */
    shortName: z.string().min(1).max(30),
    /** An inactive firm has no templates. */
    status: z.enum(['active', 'inactive']),
    note: z.string().min(1).max(400).optional(),
  }),
  /** The day of this edition; a later day replaces an earlier one. */
  edition: Day,
  sources: z.record(Slug, Source),
  /** What all families share. */
  common: Layer.optional(),
  layers: z.record(Slug, Layer).optional(),
  families: z.array(Family),
});
export type PackFile = z.infer<typeof PackFile>;
