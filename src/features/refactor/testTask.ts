import type * as vscode from 'vscode';
import { AnswerReader } from '../../core/refactor/answerReader.ts';
import { HiddenSecrets } from '../../core/refactor/hiddenSecrets.ts';
import { type Passage, withoutSecrets } from '../../core/refactor/passage.ts';
import { placeForTests } from '../../core/refactor/placeForTests.ts';
import { testTurns } from '../../core/refactor/testTurns.ts';
import type { Lines } from './enclosing.ts';
import { linesOf, passageIn, type RewriteTask, styleOf } from './rewriteTask.ts';

/** Where tests are added to a document. */
export function testLines(document: vscode.TextDocument): Lines {
  const { line } = placeForTests(linesOf(document));
  return { start: line, end: line };
}

/** @param mayBeShown whether the prompt may have the tests that are there. */
export function testTask(
  code: Passage,
  document: vscode.TextDocument,
  place: Lines,
  mayBeShown: boolean,
): RewriteTask {
  const secrets = new HiddenSecrets();
  const hidden = withoutSecrets(code, secrets);
  const lines = linesOf(document);
  const tests = passageIn(document, { start: 0, end: place.start });
  const shown = withoutSecrets({ ...tests, lines: mayBeShown ? tests.lines : [] }, secrets);
  const reader = new AnswerReader({
    original: placeForTests(lines).beside,
    language: tests.language,
    style: styleOf(document),
    secrets,
    keepsSecrets: false,
  });
  const isFirst = !lines.slice(0, place.start).some((line) => line.trim() !== '');
  // A blank line parts them from the tests above.
  const parted = (found: readonly string[]) => (isFirst || found.length === 0 ? found : ['', ...found]);
  return {
    turns: (aroundChars) => testTurns(hidden, shown, aroundChars),
    code: hidden.lines.join('\n').repeat(2),
    reader: {
      read: (answer) => parted(reader.read(answer)),
      readWhole: (answer, finish) => parted(reader.readWhole(answer, finish)),
    },
  };
}
