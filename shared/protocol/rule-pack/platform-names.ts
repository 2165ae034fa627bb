/** Platforms as they write themselves. */
const NAMES: Readonly<Record<string, string>> = {
  rithmic: 'Rithmic',
  tradovate: 'Tradovate',
  wealthcharts: 'WealthCharts',
};

/** The name of a platform by its word in a pack; one that is not known is shown as the pack has it. */
export function platformName(word: string): string {
  return NAMES[word] ?? word;
}
