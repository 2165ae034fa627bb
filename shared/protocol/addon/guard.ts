import { z } from 'zod';
import { Decimal, FreeText, Name, Quantity, Timestamp } from '../primitives.ts';

/** The limits and the lock the AddOn enforces alone for one account while the app is away. */
export const GuardAccount = z.object({
  account: Name,
  /** Entries stay locked until `lockedUntil`; null is open-ended. Orders that reduce always pass. */
  entriesLocked: z.boolean(),
  lockedUntil: Timestamp.nullable(),
  reason: FreeText,
  maxContracts: Quantity.nullable(),
  /** Net liquidation, in account currency, at which the AddOn acts alone; null: no hard limit was given. */
  hardFloor: Decimal.nullable(),
  flattenAtFloor: z.boolean(),
});
