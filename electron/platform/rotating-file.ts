import { closeSync, fstatSync, mkdirSync, openSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

/** Where finished log lines go. */
export interface LineSink {
  write(line: string): void;
  close(): void;
}

export interface RotationLimits {
  readonly bytes: number;
  /** Older files kept beside the current one. */
  readonly files: number;
}

const DEFAULT_LIMITS: RotationLimits = { bytes: 2_097_152, files: 4 };

/** A text file that starts anew when it is full; `name`, `name.1` (newest) to `name.<files>`. */
export function rotatingFile(path: string, limits: RotationLimits = DEFAULT_LIMITS): LineSink {
  let handle: number | null = null;
  let size = 0;
  const close = (): void => {
    if (handle !== null) closeSync(handle);
    handle = null;
  };
  const open = (): number => {
    mkdirSync(dirname(path), { recursive: true });
    handle = openSync(path, 'a', 0o600);
    size = fstatSync(handle).size;
    return handle;
  };
  const rotate = (): void => {
    close();
    for (let age = limits.files - 1; age >= 0; age--) {
      moveIfPresent(age === 0 ? path : `${path}.${age}`, `${path}.${age + 1}`);
    }
  };
  return {
    write(line) {
      const bytes = Buffer.from(`${line}\n`, 'utf8');
      try {
        handle ??= open();
        if (size > 0 && size + bytes.length > limits.bytes) {
          rotate();
          handle = open();
        }
        size += writeSync(handle, bytes);
      } catch {
        // A log that cannot be written (full disk, file held by another program) must not stop trading;
        // the next line tries again.
        handle = null;
      }
    },
    close,
  };
}

function moveIfPresent(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch {
    // There is no such file yet, or another program holds it open; then it is written on, a little larger.
  }
}
