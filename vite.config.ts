import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig, type HtmlTagDescriptor, type Plugin, type Rolldown } from 'vite';

const FIRST_SCREEN = resolve('renderer/page.tsx');

/**
 * The entry connects to the core and only then imports the code that draws. Both are to load side by side, so
 * index.html names the files of the second too.
 */
function preloadFirstScreen(): Plugin {
  return {
    name: 'preload-first-screen',
    transformIndexHtml: {
      order: 'post',
      handler(html, { bundle = {} }) {
        const chunks = Object.values(bundle).filter((part) => part.type === 'chunk');
        const page = chunks.find((chunk) => chunk.moduleIds.includes(FIRST_SCREEN));
        if (page === undefined) throw new Error('The build has no chunk for the first screen.');
        const needed = new Set<Rolldown.OutputChunk>();
        const need = (chunk: Rolldown.OutputChunk | undefined): void => {
          if (chunk === undefined || needed.has(chunk)) return;
          needed.add(chunk);
          for (const file of chunk.imports) need(chunks.find(({ fileName }) => fileName === file));
        };
        need(page);
        const files = [...needed].flatMap((chunk) => [
          { rel: 'modulepreload', file: chunk.fileName },
          ...[...(chunk.viteMetadata?.importedCss ?? [])].map((file) => ({ rel: 'stylesheet', file })),
        ]);
        return files
          .filter(({ file }) => !html.includes(file))
          .map(
            ({ rel, file }): HtmlTagDescriptor => ({
              tag: 'link',
              attrs: { rel, crossorigin: true, href: `./${file}` },
              injectTo: 'head',
            }),
          );
      },
    },
  };
}

export default defineConfig({
  root: 'renderer',
  // The page is served from a random port or from the desktop's own scheme, so nothing may be absolute.
  base: './',
  plugins: [react(), preloadFirstScreen()],
  build: {
    outDir: '../dist/renderer',
    // The desktop brings Chromium; the browser door opens in whatever current browser is there.
    target: ['chrome120', 'edge120', 'firefox121', 'safari17'],
    manifest: true,
    sourcemap: true,
    // The content security policy allows neither data: addresses nor inline scripts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        // One file that connects and one that draws the first screen: each request more delays the first step.
        codeSplitting: {
          includeDependenciesRecursively: true,
          groups: [
            { name: 'connect', test: (id) => id === resolve('renderer/main.ts'), priority: 2 },
            { name: 'page', test: (id) => id === FIRST_SCREEN, priority: 1 },
          ],
        },
      },
    },
  },
});
