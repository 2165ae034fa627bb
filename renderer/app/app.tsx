import { useEffect } from 'react';
import { ClockProvider, type UiClock } from '../ui/clock.tsx';
import { ThemeProvider, useDocumentTheme } from '../ui/theme.tsx';
import { DeskProvider, useDesk, type DeskParts } from './desk-context.ts';
import { DeskBoundary } from './desk-boundary.tsx';
import { DeskScreen } from './desk-screen.tsx';

interface AppProps {
  readonly parts: DeskParts;
  readonly clock: UiClock;
}

/** The window. */
export function App({ parts, clock }: AppProps) {
  useEffect(() => parts.client.start(), [parts]);
  return (
    <DeskBoundary client={parts.client}>
      <ClockProvider value={clock}>
        <DeskProvider value={parts}>
          <Themed />
        </DeskProvider>
      </ClockProvider>
    </DeskBoundary>
  );
}

function Themed() {
  const theme = useDocumentTheme(useDesk((state) => state.settings?.theme));
  return (
    <ThemeProvider value={theme}>
      <DeskScreen />
    </ThemeProvider>
  );
}
