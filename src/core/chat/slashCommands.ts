/** A task that is asked for often, by one word. */
export interface SlashCommand {
  readonly name: string;
  /** For the list that the input box offers. */
  readonly what: string;
  /** What the model is asked in its place. */
  readonly instruction: string;
}

export const SLASH_COMMANDS: readonly SlashCommand[] = [
  {
    name: 'explain',
    what: 'Say what the code does',
    instruction:
      'Explain what this code does and how. Begin with one sentence on its purpose, then go through it in order. Point out what is easy to get wrong.',
  },
  {
    name: 'fix',
    what: 'Find what is wrong with the code and mend it',
    instruction:
      'Find what is wrong with this code. Say for each mistake what it is and why, then show the corrected code in full. Say so if there is none.',
  },
  {
    name: 'tests',
    what: 'Write tests for the code',
    instruction:
      'Write tests for this code, in the test framework and the style of the project as far as they can be seen. Cover the usual case, the limits, and bad input. Show one complete test file.',
  },
  {
    name: 'doc',
    what: 'Write documentation comments for the code',
    instruction:
      'Write documentation comments for this code in the form that is usual in its language. Show the code in full with the comments in, otherwise unchanged.',
  },
  {
    name: 'refactor',
    what: 'Make the code simpler without changing what it does',
    instruction:
      'Refactor this code so that it is simpler and easier to read, and does exactly what it did. Show the new code in full, then say in short what has changed.',
  },
];

/** The command at the beginning of a question, if any, and the rest. */
export function readCommand(text: string): { command: SlashCommand | undefined; rest: string } {
  const [, name, rest = ''] = /^\s*\/([a-z]+)(?:\s+([^]*))?$/.exec(text) ?? [];
  const command = SLASH_COMMANDS.find((each) => each.name === name);
  return command ? { command, rest: rest.trim() } : { command: undefined, rest: text.trim() };
}
