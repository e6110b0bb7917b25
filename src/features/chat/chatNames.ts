/** As in package.json. */
export const CHAT_VIEW = 'deepwell.chat';

export const CHAT_COMMANDS = [
  'deepwell.chat.open',
  'deepwell.chat.new',
  'deepwell.chat.attach',
  'deepwell.chat.stop',
  'deepwell.chat.applyChange',
  'deepwell.chat.discardChange',
  'deepwell.explain',
] as const;

export type ChatCommand = (typeof CHAT_COMMANDS)[number];
