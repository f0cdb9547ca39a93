import { type Theme, webDarkTheme, webLightTheme } from '@fluentui/react-components';
import { useSyncExternalStore } from 'react';
import { useApp } from '../stores/app-store.ts';

const MONOSPACE = '"Cascadia Mono", Consolas, "SF Mono", Menlo, "DejaVu Sans Mono", "Liberation Mono", monospace';
const TEXT =
  '"Segoe UI", -apple-system, BlinkMacSystemFont, "Noto Sans", "Open Sans", Roboto, "Helvetica Neue", sans-serif';
const FONTS = { fontFamilyBase: TEXT, fontFamilyMonospace: MONOSPACE };
const LIGHT: Theme = { ...webLightTheme, ...FONTS };
const DARK: Theme = { ...webDarkTheme, ...FONTS };

const dark = matchMedia('(prefers-color-scheme: dark)');
const forced = matchMedia('(forced-colors: active)');

export type ThemeName = 'light' | 'dark' | 'contrast';

/** The theme that was chosen, or the system's. Forced colours win in the browser itself; we only name them. */
export function useTheme(): { theme: Theme; name: ThemeName } {
  const chosen = useApp((state) => state.settings.theme);
  const systemDark = useMedia(dark);
  const contrast = useMedia(forced);
  const isDark = chosen === 'system' ? systemDark : chosen === 'dark';
  return { theme: isDark ? DARK : LIGHT, name: contrast ? 'contrast' : isDark ? 'dark' : 'light' };
}

interface Followed {
  matches: boolean;
  subscribe: (changed: () => void) => () => void;
}

const followed = new Map<MediaQueryList, Followed>();

/**
 * Whether a media query holds now; draws again when that changes. The query itself is asked once: each later look at
 * it would swallow the news that is still on its way to the other listeners.
 */
export function useMedia(query: MediaQueryList): boolean {
  const state = follow(query);
  return useSyncExternalStore(state.subscribe, () => state.matches);
}

function follow(query: MediaQueryList): Followed {
  const known = followed.get(query);
  if (known) return known;
  const listeners = new Set<() => void>();
  const fresh: Followed = {
    matches: query.matches,
    subscribe: (changed) => {
      listeners.add(changed);
      return () => listeners.delete(changed);
    },
  };
  query.addEventListener('change', (event) => {
    fresh.matches = event.matches;
    for (const changed of [...listeners]) changed();
  });
  followed.set(query, fresh);
  return fresh;
}
