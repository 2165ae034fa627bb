import { z } from 'zod';

/** UTC epoch milliseconds. */
export const Timestamp = z.int().min(0).max(8_640_000_000_000_000);

/** Identifier made by either side; printable, bounded. */
export const Identifier = z.string().min(1).max(128);

/** An account or instrument name as NinjaTrader has it. */
export const Name = z.string().min(1).max(200);

/** Free text of the platform; cut by the sender. */
export const FreeText = z.string().max(2_000);

/** A decimal figure as the platform reports it; NaN and infinities cannot be written in JSON and are refused. */
export const Decimal = z.number();

/** Contracts; NinjaTrader's quantities are 32-bit. */
export const Quantity = z.int().min(0).max(2_147_483_647);
export const SignedQuantity = z.int().min(-2_147_483_647).max(2_147_483_647);

/** 32 random bytes in base64. */
export const Nonce = z.string().regex(/^[A-Za-z0-9+/]{43}=$/);

/** HMAC-SHA-256 in base64. */
export const Proof = z.string().regex(/^[A-Za-z0-9+/]{43}=$/);
