import type { Attached } from '../../core/chat/attached.ts';
import { languageIdOfFence } from '../../core/chat/fenceLanguage.ts';
import { fileOfBlock } from '../../core/chat/fileOfBlock.ts';
import { mergeBlock } from '../../core/chat/mergeBlock.ts';
import type { SourceText, SourceTexts } from '../../core/ports/sourceTexts.ts';
import type { CodeAction } from '../../webview/messages.ts';
import type { ChatEditor, OpenFile } from './chatEditor.ts';

/** A code block of an answer. */
export interface AnsweredCode {
  readonly text: string;
  /** As the fence has it. */
  readonly language: string;
  /** The whole text that it stands in. */
  readonly answer: string;
  /** What the question was about. */
  readonly attached: readonly Attached[];
}

/** Does with a code block what the user pressed. Nothing is written into a file that the user has not seen as a diff. */
export async function runCodeAction(
  action: CodeAction,
  code: AnsweredCode,
  editor: ChatEditor,
  texts: SourceTexts,
): Promise<void> {
  switch (action) {
    case 'copy':
      return editor.copy(code.text);
    case 'insert':
      return editor.insertAtCursor(code.text);
    case 'newFile':
      return editor.newFile(code.text, languageIdOfFence(code.language));
    case 'apply':
      return apply(code, editor, texts);
  }
}

async function apply(code: AnsweredCode, editor: ChatEditor, texts: SourceTexts): Promise<void> {
  const files = await candidates(code, editor, texts);
  const named = fileOfBlock(code.answer, code.text, files);
  const uri = named === undefined ? undefined : (uriOf(named, files) ?? (await editor.findFile(named)));
  const picked = uri ?? (await editor.pickFile(files))?.uri;
  if (picked === undefined) return;
  const asked = code.attached.filter((each) => each.uri === picked);
  const isShown = await editor.proposeChange(picked, (text) => mergeBlock(text, code.text, asked));
  if (!isShown) {
    editor.warn(
      'Deepwell cannot tell where in the file this code belongs: it declares nothing that is there, or leaves parts out. Insert it at the cursor instead.',
    );
  }
}

/** What the question was about, then what is open. */
async function candidates(
  { attached }: AnsweredCode,
  editor: ChatEditor,
  texts: SourceTexts,
): Promise<SourceText[]> {
  const known = new Map<string, OpenFile>();
  for (const file of [...attached, ...editor.openFiles()])
    if (!known.has(file.uri)) known.set(file.uri, file);
  const { signal } = new AbortController();
  const read = await Promise.all([...known.keys()].map((uri) => texts.read(uri, signal)));
  return read.flatMap((each) => each ?? []);
}

function uriOf(path: string, files: readonly SourceText[]): string | undefined {
  return files.find((each) => each.path === path)?.uri;
}
