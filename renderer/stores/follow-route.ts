import { useApp } from './app-store.ts';
import { useCase, watchCase } from './case-store.ts';
import { watchFiles } from './files-store.ts';

/** Longer than this the page is not kept waiting: it then says what it waits for. */
const PATIENCE_MS = 150;

/** Watches the case that the address names and no other, and the files whose sessions it names. */
export function followRoute(): void {
  let watched: string | null = null;
  let files: string | null = null;
  let stop = () => {};
  const follow = () => {
    const { route } = useApp.getState();
    if (route.screen === 'sessions' && route.id !== files) watchFiles(route.id);
    files = route.screen === 'sessions' ? route.id : null;
    const id = route.screen === 'case' ? route.id : null;
    if (id === watched) return;
    stop();
    watched = id;
    stop = id === null ? () => {} : watchCase(id);
  };
  useApp.subscribe(follow);
  follow();
}

/** Resolves once the first screen can be drawn whole, or when it takes long; drawing it twice would be slower. */
export function whenReady(): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      const { connection, info, route } = useApp.getState();
      const { view, failure } = useCase.getState();
      const hasCase = route.screen !== 'case' || view !== null || failure !== null;
      if (connection === 'refused' || (info !== null && hasCase)) done();
    };
    const ends = [useApp.subscribe(look), useCase.subscribe(look)];
    const timer = setTimeout(() => done(), PATIENCE_MS);
    const done = () => {
      clearTimeout(timer);
      for (const end of ends) end();
      resolve();
    };
    look();
  });
}
