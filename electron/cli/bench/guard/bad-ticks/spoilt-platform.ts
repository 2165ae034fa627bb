import type { Cancel } from '../../../../../shared/kernel/clock.ts';
import type { PlatformEvent } from '../../../../../shared/simulation/platform-event.ts';
import { SimulatedPlatform } from '../../../../../shared/simulation/simulated-platform.ts';

type Listener = (event: PlatformEvent) => void;

/** What becomes of a report on its way out of the platform: as it is, something else, several, or nothing. */
export type Spoiler = (event: PlatformEvent) => readonly PlatformEvent[];

/** A platform that reports what is not so, while its broker's books stay true. */
export class SpoiltPlatform extends SimulatedPlatform {
  readonly #ears = new Set<Listener>();
  #spoil: Spoiler = (event) => [event];

  /** Every report goes through the spoiler until the next call. */
  spoil(spoiler: Spoiler): void {
    this.#spoil = spoiler;
  }

  /** Reports something that did not happen. */
  tell(event: PlatformEvent): void {
    for (const ear of this.#ears) ear(event);
  }

  /** Hears what the platform would report if nothing were spoilt. */
  watch(listener: Listener): Cancel {
    return super.listen(listener);
  }

  override listen(listener: Listener): Cancel {
    this.#ears.add(listener);
    const stop = super.listen((event) => {
      for (const passed of this.#spoil(event)) listener(passed);
    });
    return () => {
      this.#ears.delete(listener);
      stop();
    };
  }
}
