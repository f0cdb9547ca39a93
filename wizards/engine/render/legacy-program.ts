const LEGACY =
  /(?:^|[\s|;&({\\/])((?:cmd|cscript|find|sqlcmd|wscript)(?:\.exe)?|[^\s"']+\.(?:bat|cmd|js|vbs|wsf))(?=\s|$)/i;

/**
 * The program in the text that PowerShell 7 starts the old way on Windows, without escaping double quotes
 * (`$PSNativeCommandArgumentPassing = 'Windows'`); null when there is none.
 */
export function legacyProgram(text: string): string | null {
  return LEGACY.exec(text)?.[1] ?? null;
}
