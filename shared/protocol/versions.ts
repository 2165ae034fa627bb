/** Version of the AddOn protocol; additive changes keep it, anything else raises it. */
export const PROTOCOL_VERSION = 1;

/** WebSocket path of the bridge; the version in it lets an old AddOn be refused with a reason. */
export const BRIDGE_PATH = '/bridge/v1';

export const DEFAULT_BRIDGE_PORT = 8765;

/** Largest frame either side accepts after the handshake, in bytes. */
export const MAX_FRAME_BYTES = 1_048_576;

/** Largest frame accepted before the peer has proven the pairing key, in bytes. */
export const MAX_HANDSHAKE_FRAME_BYTES = 4_096;

/** Largest number of entries of one kind in one part of a snapshot. */
export const MAX_SNAPSHOT_PART_ENTRIES = 1_000;

/** WebSocket close codes of this protocol (4000-4999 are the application's own). */
export const CLOSE_CODES = {
  badHandshake: 4000,
  replaced: 4001,
  unsupportedVersion: 4002,
  slowPeer: 4003,
  silent: 4004,
  badMessage: 4005,
  shuttingDown: 4006,
} as const;
