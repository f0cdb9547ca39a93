/**
 * Who may import whom:  renderer -> contract <- electron -> wizards/engine.  Type imports count too.
 * TypeScript 7 gives no parser to other tools, so the files are read by swc.
 */
const ELECTRON_PACKAGE = 'node_modules/electron/';
/** Modules that main.ts may load: they guard the window and carry no logic of the product. */
const LIGHT = '^electron/(desktop-rules|page-file|content-security-policy)[.]ts$';
const NODE_ONLY_PACKAGES = 'node_modules/(electron|@lydell|ws|commander)/';

module.exports = {
  forbidden: [
    {
      name: 'engine-is-pure',
      comment: 'wizards/engine imports itself, zod and yaml: no Node, no DOM, no contract, no other package.',
      severity: 'error',
      from: { path: '^wizards/engine/' },
      to: { pathNot: ['^wizards/engine/', 'node_modules/(zod|yaml)/'], couldNotResolve: false },
    },
    {
      name: 'page-knows-contract-and-engine',
      comment: 'renderer/ imports itself, the contract, the engine and packages that run in a page.',
      severity: 'error',
      from: { path: '^renderer/' },
      to: {
        pathNot: ['^renderer/', '^electron/contract[^/]*[.]ts$', '^wizards/engine/', 'node_modules/'],
        couldNotResolve: false,
      },
    },
    {
      name: 'page-has-no-node-packages',
      severity: 'error',
      from: { path: '^renderer/' },
      to: { path: NODE_ONLY_PACKAGES },
    },
    {
      name: 'contract-is-light',
      comment: 'The page loads the contract, so what the contract imports must run in a page.',
      severity: 'error',
      from: { path: '^electron/contract[^/]*[.]ts$' },
      to: {
        pathNot: ['^electron/contract[^/]*[.]ts$', '^wizards/engine/', 'node_modules/(zod|@orpc)/'],
        couldNotResolve: false,
      },
    },
    {
      name: 'core-never-knows-the-page',
      severity: 'error',
      from: { path: '^(electron|wizards)/' },
      to: { path: '^renderer/' },
    },
    {
      name: 'doors-are-outermost',
      comment: 'The parts of the core do not know by which door somebody came in.',
      severity: 'error',
      from: { path: '^electron/[^/]+/', pathNot: '^electron/(desktop|browser|cli|build)/' },
      to: { path: '^electron/((main|preload|browser|cli|core-process)[.]ts$|(desktop|browser|cli)/)' },
    },
    {
      name: 'electron-package-in-the-desktop-door-only',
      comment: 'Everything else runs, and is tested, without Electron.',
      severity: 'error',
      from: { pathNot: ['^electron/(main|preload)[.]ts$', '^test/'] },
      to: { path: ELECTRON_PACKAGE },
    },
    {
      name: 'desktop-door-stays-light',
      comment: 'The window process holds Electron, Node and the light modules named in this file; the core runs apart.',
      severity: 'error',
      from: { path: ['^electron/main[.]ts$', LIGHT] },
      to: { pathNot: [LIGHT, ELECTRON_PACKAGE], dependencyTypesNot: ['core'], couldNotResolve: false },
    },
    {
      name: 'preload-imports-electron-only',
      comment: 'A sandboxed preload script has no Node.',
      severity: 'error',
      from: { path: '^electron/preload[.]ts$' },
      to: { pathNot: ELECTRON_PACKAGE, couldNotResolve: false },
    },
    {
      name: 'build-scripts-stand-apart',
      severity: 'error',
      from: { path: '^(electron|renderer|wizards)/', pathNot: '^electron/build/' },
      to: { path: '^electron/build/' },
    },
    {
      name: 'nothing-needs-the-tests',
      severity: 'error',
      from: { path: '^(electron|renderer|wizards)/' },
      to: { path: '^test/' },
    },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'imports-lead-somewhere', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    parser: 'swc',
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['^dist/', '^test/fixtures/'] },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['types', 'import', 'node', 'default'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json', '.css'],
    },
  },
};
