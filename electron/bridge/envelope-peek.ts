/** Place and name of a message that could not be read as a whole. */
export interface PeekedEnvelope {
  readonly seq: number;
  readonly id: string;
}

/**
 * Reads number and id of a refused frame, so that one bad message counts as one bad message and not as a
 * gap besides. Null when even these are unusable.
 */
export function peekEnvelope(frame: string | Uint8Array): PeekedEnvelope | null {
  if (typeof frame !== 'string') return null;
  try {
    const value = JSON.parse(frame) as { seq?: unknown; id?: unknown } | null;
    const { seq, id } = value ?? {};
    if (typeof seq !== 'number' || !Number.isSafeInteger(seq) || seq < 1) return null;
    return typeof id === 'string' && id.length > 0 && id.length <= 128 ? { seq, id } : null;
  } catch {
    // Not JSON: there is no envelope to look into.
    return null;
  }
}
