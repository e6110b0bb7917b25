import type { View } from '../../completion/view.ts';
import type { DefinedAt, LanguageServer } from '../../ports/languageServer.ts';
import type { SourceText, SourceTexts } from '../../ports/sourceTexts.ts';
import type { Candidate, ContextSource } from '../contextSource.ts';
import { identifiersNear } from '../identifiers.ts';

/** Each is a question to another process, which the user's own work may need. */
const MAX_NAMES = 8;

const WHOLE_CHARS = 800;

/** Where only the name's place is known: a signature, most likely with what it says of itself. */
const HEAD_LINES = 8;

/** Definitions of what is named before the cursor, by the language's own server: it knows which of several is meant. */
export class ServerDefinitions implements ContextSource {
  readonly name = 'language server';
  readonly weight = 1.5;
  readonly stability = 3;
  private readonly _server: LanguageServer;
  private readonly _texts: SourceTexts;

  constructor(server: LanguageServer, texts: SourceTexts) {
    this._server = server;
    this._texts = texts;
  }

  async find(place: View, signal: AbortSignal): Promise<readonly Candidate[]> {
    const found: Candidate[] = [];
    // One after another: a server answers one at a time anyway, and the user may type on.
    for (const name of identifiersNear(place, MAX_NAMES)) {
      const at = lastPlaceOf(name, place);
      if (at === undefined || signal.aborted) continue;
      const places = await this._server.definitionsAt(place.uri, at.line, at.character, signal);
      for (const each of places) {
        const file = each.uri === place.uri ? undefined : await this._texts.read(each.uri, signal);
        if (file) found.push(excerptOf(file, each));
      }
    }
    return found;
  }
}

/** Whole lines, not more of them than are worth the room. */
function excerptOf({ uri, path, text }: SourceText, { firstLine, endLine }: DefinedAt): Candidate {
  const lines = text.split('\n').slice(firstLine, endLine ?? firstLine + HEAD_LINES);
  let chars = 0;
  const fitting = lines.findIndex((line) => (chars += line.length + 1) > WHOLE_CHARS);
  const shown = fitting < 0 ? lines : lines.slice(0, Math.max(1, fitting));
  return { uri, path, firstLine, text: shown.join('\n'), isVerbatim: true };
}

/** Where a name stands last before the cursor, as a word of its own. */
function lastPlaceOf(
  name: string,
  { prefix, firstLine }: View,
): { line: number; character: number } | undefined {
  const isWord = (at: number): boolean =>
    !/[\w$]/.test(prefix.charAt(at - 1)) && !/[\w$]/.test(prefix.charAt(at + name.length));
  let at = prefix.lastIndexOf(name);
  while (at > 0 && !isWord(at)) at = prefix.lastIndexOf(name, at - 1);
  if (at < 0 || !isWord(at)) return undefined;
  const before = prefix.slice(0, at);
  return {
    line: firstLine + before.split('\n').length - 1,
    character: at - (before.lastIndexOf('\n') + 1),
  };
}
