import type { ChatTurn } from '../../rpc/engineProtocol.ts';

const HEADINGS = { user: '### Instruction:\n', assistant: '### Response:\n', system: '' } as const;

/** A model that was not taught to end an answer asks itself the next question. */
export const PLAIN_STOPS: readonly string[] = ['\n### Instruction', '\n### Response'];

/** A conversation for a model whose file has no chat template: the headings of Alpaca, which many were shown. */
export function plainForm(turns: readonly ChatTurn[]): string {
  const said = turns.map(({ role, text }) => `${HEADINGS[role]}${text}\n\n`);
  return said.join('') + HEADINGS.assistant;
}
