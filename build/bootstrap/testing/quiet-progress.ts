import { afterEach, beforeEach, vi } from 'vitest';

/** Keeps what a set-up step says about itself out of the report of the tests that try it. */
export function quietProgress(): void {
  beforeEach(() => {
    vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  });
  afterEach(() => {
    vi.restoreAllMocks();
  });
}
