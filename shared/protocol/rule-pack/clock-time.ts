/** A daily time on the clock of a place. */
export interface PlaceTime {
  readonly seconds: number;
  readonly zone: string;
}

/** Takes "16:59 America/New_York" apart; the schema has made sure of its form. */
export function placeTimeOf(text: string): PlaceTime {
  const [time = '', zone = ''] = text.split(' ');
  const [hours = 0, minutes = 0, seconds = 0] = time.split(':').map(Number);
  return { seconds: hours * 3_600 + minutes * 60 + seconds, zone };
}

/** Whether this machine has the zone's rules. */
export function isKnownZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: zone });
    return true;
  } catch {
    // Intl refuses a zone by throwing and in no other way.
    return false;
  }
}
