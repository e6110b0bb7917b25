import { REDACTED_MARK } from '../context/redaction/placeholder.ts';
import type { ChatTurn } from '../ports/chatModel.ts';
import type { Passage } from './passage.ts';
import { firstLines, lastLines, section } from './refactorTurns.ts';

const RULES = [
  'You write tests. The user shows code, and where its tests stand.',
  'Answer with the tests in one fenced code block, and with nothing else.',
  'Test what the code does at its edges and where it fails, as well as where all goes well.',
].join('\n');

/** Part of an existing test file that shows how tests are written here. */
const EXAMPLE_SHARE = 0.5;

/** Asks for tests of a passage, to be added to a test file that may be empty. */
export function testTurns(passage: Passage, test: Passage, aroundChars: number): ChatTurn[] {
  const existing = firstLines(test.lines, aroundChars * EXAMPLE_SHARE);
  const isNew = !test.lines.some((line) => line.trim() !== '');
  const text = [
    `The file is ${passage.path}.`,
    ...section('Above the code stands', lastLines(passage.before, aroundChars), passage),
    ...section('The code', passage.lines, passage),
    ...section(`Its test file ${test.path} begins with`, existing, test),
    isNew
      ? `Write the whole new test file ${test.path}, with its imports, by the test library that is usual for the language.`
      : `Write tests of the code that can be added to the end of ${test.path}, in the way of the tests that are there. Do not repeat these, nor the imports.`,
  ].join('\n\n');
  return [
    {
      role: 'system',
      text: text.includes(REDACTED_MARK)
        ? `${RULES}\nWords that begin with ${REDACTED_MARK} stand for secrets: use values of your own.`
        : RULES,
    },
    { role: 'user', text },
  ];
}
