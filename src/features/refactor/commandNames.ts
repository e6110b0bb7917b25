/** As in package.json. */
export const COMMANDS = {
  refactor: 'deepwell.refactor',
  fix: 'deepwell.fix',
  document: 'deepwell.document',
  generateTests: 'deepwell.generateTests',
  stop: 'deepwell.refactor.stop',
  acceptAll: 'deepwell.refactor.acceptAll',
  rejectAll: 'deepwell.refactor.rejectAll',
  acceptChange: 'deepwell.refactor.acceptChange',
  rejectChange: 'deepwell.refactor.rejectChange',
  nextChange: 'deepwell.refactor.nextChange',
  previousChange: 'deepwell.refactor.previousChange',
} as const;

export type CommandName = (typeof COMMANDS)[keyof typeof COMMANDS];

/** 'writing', 'edited' or 'review' while the active editor has a change to decide on; for the `when` of keys and menus. */
export const CONTEXT_KEY = 'deepwell.refactor.state';
