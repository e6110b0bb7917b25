/** What people and models write behind a fence, where VS Code calls it otherwise. */
const IDS: Readonly<Record<string, string>> = {
  ts: 'typescript',
  tsx: 'typescriptreact',
  js: 'javascript',
  mjs: 'javascript',
  cjs: 'javascript',
  jsx: 'javascriptreact',
  py: 'python',
  python3: 'python',
  rb: 'ruby',
  rs: 'rust',
  golang: 'go',
  kt: 'kotlin',
  cs: 'csharp',
  'c#': 'csharp',
  'c++': 'cpp',
  cc: 'cpp',
  h: 'c',
  hpp: 'cpp',
  objc: 'objective-c',
  sh: 'shellscript',
  bash: 'shellscript',
  shell: 'shellscript',
  zsh: 'shellscript',
  console: 'shellscript',
  ps1: 'powershell',
  yml: 'yaml',
  md: 'markdown',
  docker: 'dockerfile',
  make: 'makefile',
  text: 'plaintext',
  txt: 'plaintext',
  '': 'plaintext',
};

/** VS Code's id of a fence's language; it need not be one that VS Code has. */
export function languageIdOfFence(language: string): string {
  const name = language.trim().toLowerCase();
  return Object.hasOwn(IDS, name) ? (IDS[name] ?? name) : name;
}
