const LINES = 40;
const LONGEST_LINE_CHARS = 300;

/** As the engine writes its log: time, level, message. */
const OWN_LINE = /^\d{4}-\d\d-\d\dT[\d:.]+Z (debug|info|warn|error) /;
const STACK_LINE = /^\s+at |^Caused by: \w*Error\b/;

/** What a schema's complaint quotes may be text of the user. */
const QUOTED = /\breceived .*$/;

/** The last lines of an engine log, but for those that may quote what the engine was given. */
export function logTail(log: string): string[] {
  return log
    .split(/\r?\n/)
    .filter((line) => OWN_LINE.test(line) || STACK_LINE.test(line))
    .slice(-LINES)
    .map((line) => line.replace(QUOTED, 'received …').slice(0, LONGEST_LINE_CHARS));
}
