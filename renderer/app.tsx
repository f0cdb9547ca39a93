import { createDOMRenderer, FluentProvider, RendererProvider } from '@fluentui/react-components';
import { lazy, Suspense, useEffect, useLayoutEffect, useMemo } from 'react';
import { CaseScreen } from './case/case-screen.tsx';
import { afterPaint } from './lib/after-paint.ts';
import { refuseStrayDrops } from './lib/stray-drops.ts';
import { Announcer } from './shell/announcer.tsx';
import { ConnectionBar } from './shell/connection-bar.tsx';
import { Header } from './shell/header.tsx';
import { Rail } from './shell/rail.tsx';
import styles from './shell/shell.module.css';
import { StatusLine } from './shell/status-line.tsx';
import { useTheme } from './shell/use-theme.ts';
import { StartScreen } from './start/start-screen.tsx';
import { loadShells, useApp } from './stores/app-store.ts';
import { resumeFiles } from './stores/files-store.ts';

const WizardsScreen = lazy(() => import('./wizards/wizards-screen.tsx').then((m) => ({ default: m.WizardsScreen })));
const SessionsScreen = lazy(() =>
  import('./sessions/sessions-screen.tsx').then((m) => ({ default: m.SessionsScreen })),
);
const ProbeScreen = lazy(() => import('./probe/probe-screen.tsx').then((m) => ({ default: m.ProbeScreen })));
const Dialogs = lazy(() => import('./shell/dialogs.tsx').then((m) => ({ default: m.Dialogs })));

/** The strict content security policy lets style elements in only with this nonce. */
function styleRenderer() {
  const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content;
  return createDOMRenderer(document, nonce ? { styleElementAttributes: { nonce } } : {});
}

/** The whole page: what all screens share, and the screen that the address names. */
export function App() {
  const renderer = useMemo(styleRenderer, []);
  const { theme, name } = useTheme();
  useLayoutEffect(() => {
    document.documentElement.dataset.theme = name;
  }, [name]);
  // Named anew by each connection.
  const info = useApp((state) => state.info);
  useEffect(() => {
    if (info !== null) void afterPaint().then(loadShells);
    if (info !== null) resumeFiles();
  }, [info]);
  useEffect(() => refuseStrayDrops(() => useApp.getState().route.screen === 'start'), []);
  const dialog = useApp((state) => state.dialog);
  return (
    <RendererProvider renderer={renderer} targetDocument={document}>
      <FluentProvider theme={theme}>
        {/* Not on the provider itself: its classes are repeated on what dialogs stand in. */}
        <div className={styles.app}>
          <Header />
          <ConnectionBar />
          <div className={styles.middle}>
            <Rail />
            <Suspense fallback={<main className={styles.screen} />}>
              <Screen />
            </Suspense>
          </div>
          <StatusLine />
          <Announcer />
          {dialog !== null && (
            <Suspense fallback={null}>
              <Dialogs open={dialog} />
            </Suspense>
          )}
        </div>
      </FluentProvider>
    </RendererProvider>
  );
}

function Screen() {
  const route = useApp((state) => state.route);
  if (route.screen === 'case') return <CaseScreen key={route.id} />;
  if (route.screen === 'sessions') return <SessionsScreen key={route.id} intake={route.id} />;
  if (route.screen === 'probe') return <ProbeScreen />;
  return route.screen === 'wizards' ? <WizardsScreen /> : <StartScreen />;
}
