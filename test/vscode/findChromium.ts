import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';

/**
 * A Chromium or Chrome to show the workbench in: `CHROME_PATH`, else the usual places, else one that Playwright
 * downloaded for another project. On Debian as root (a container, a CI runner) it is installed.
 *
 * @throws when there is none, saying what to install or set.
 */
export function findChromium(log: (line: string) => void): string {
  const named = process.env['CHROME_PATH'];
  if (named) {
    if (existsSync(named)) return named;
    throw new Error(`CHROME_PATH names ${named}, which does not exist.`);
  }
  return firstExisting() ?? installOnDebian(log) ?? failWithAdvice();
}

function firstExisting(): string | undefined {
  return [...onPath(), ...usualPlaces(), ...playwrightDownloads()].find((file) => existsSync(file));
}

function onPath(): string[] {
  const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return process.platform === 'linux'
    ? folders.flatMap((folder) => names.map((name) => join(folder, name)))
    : [];
}

function usualPlaces(): string[] {
  if (process.platform === 'darwin') {
    const inBundle = ['Google Chrome', 'Chromium', 'Microsoft Edge'].map((name) =>
      join(`${name}.app`, 'Contents/MacOS', name),
    );
    return ['/Applications', join(homedir(), 'Applications')].flatMap((folder) =>
      inBundle.map((app) => join(folder, app)),
    );
  }
  if (process.platform === 'win32') {
    const roots = ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].map(
      (name) => process.env[name] ?? '',
    );
    const programs = [
      'Google/Chrome/Application/chrome.exe',
      'Chromium/Application/chrome.exe',
      'Microsoft/Edge/Application/msedge.exe',
    ];
    return roots
      .filter((root) => root !== '')
      .flatMap((root) => programs.map((program) => join(root, program)));
  }
  return ['/snap/bin/chromium'];
}

/** Any build there will do: the bench uses nothing that differs between the last few years of Chromium. */
function playwrightDownloads(): string[] {
  const cache = process.env['PLAYWRIGHT_BROWSERS_PATH'] ?? playwrightCache();
  if (!existsSync(cache)) return [];
  const builds = readdirSync(cache).filter((name) => /^chromium-\d+$/.test(name));
  const binaries = [
    'chrome-linux/chrome',
    'chrome-linux64/chrome',
    'chrome-mac/Chromium.app/Contents/MacOS/Chromium',
    'chrome-win/chrome.exe',
    'chrome-win64/chrome.exe',
  ];
  return builds.flatMap((build) => binaries.map((binary) => join(cache, build, binary)));
}

function playwrightCache(): string {
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'ms-playwright');
  if (process.platform === 'win32') return join(process.env['LOCALAPPDATA'] ?? homedir(), 'ms-playwright');
  return join(homedir(), '.cache', 'ms-playwright');
}

function installOnDebian(log: (line: string) => void): string | undefined {
  if (!existsSync('/etc/debian_version') || process.getuid?.() !== 0) return undefined;
  log('No Chromium found; installing it with apt-get.');
  const options = { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }, stdio: 'pipe' as const };
  try {
    execFileSync('apt-get', ['update'], options);
    execFileSync('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], options);
  } catch (error) {
    log(`apt-get could not install chromium: ${String(error)}`);
  }
  return firstExisting();
}

function failWithAdvice(): never {
  throw new Error(
    'The tests that need a window found no Chromium: install Chromium or Google Chrome, or set CHROME_PATH to the executable of one.',
  );
}
