import { compileLibrary, readYamlFolder } from '../../../electron/content/library-loader.ts';
import { createLibrary, type Library } from '../../../wizards/engine/library.ts';

/** The product's own content, compiled from its YAML. */
export async function realLibrary(): Promise<Library> {
  return createLibrary((await compileLibrary(readYamlFolder('wizards'))).files);
}
