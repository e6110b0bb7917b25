/**
 * The environment for a process under test: what it takes to run at all, and what the test adds. The rest
 * stays out, because `NODE_OPTIONS`, `VSCODE_*` or `npm_*` of whoever runs the tests would change what is tested.
 */
export function cleanEnvironment(extra: Readonly<Record<string, string>> = {}): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(process.env)) {
    if (value !== undefined && passed.has(name.toUpperCase())) kept[name] = value;
  }
  return { ...kept, ...extra };
}

const passed = new Set(
  [
    [
      'PATH',
      'HOME',
      'USER',
      'LOGNAME',
      'SHELL',
      'LANG',
      'LC_ALL',
      'TZ',
      'TMPDIR',
      'LD_LIBRARY_PATH',
      'XDG_CACHE_HOME',
    ],
    ['TEMP', 'TMP', 'USERPROFILE', 'USERNAME', 'APPDATA', 'LOCALAPPDATA', 'PROGRAMDATA', 'PROGRAMFILES'],
    [
      'SYSTEMROOT',
      'SYSTEMDRIVE',
      'WINDIR',
      'COMSPEC',
      'PATHEXT',
      'PROCESSOR_ARCHITECTURE',
      'NUMBER_OF_PROCESSORS',
    ],
  ].flat(),
);
