import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  root: 'renderer',
  // The page is served from a random port or from the desktop's own scheme, so nothing may be absolute.
  base: './',
  plugins: [react()],
  build: {
    outDir: '../dist/renderer',
    // The desktop brings Chromium; the browser door opens in whatever current browser is there.
    target: ['chrome120', 'edge120', 'firefox121', 'safari17'],
    manifest: true,
    sourcemap: true,
    // The content security policy allows neither data: addresses nor inline scripts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
});
