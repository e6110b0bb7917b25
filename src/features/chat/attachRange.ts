import * as vscode from 'vscode';
import { type Attached, attachLines } from '../../core/chat/attached.ts';
import { redactAll } from '../../core/context/redaction/redactor.ts';
import type { SourceTexts } from '../../core/ports/sourceTexts.ts';

const MOST_PROBLEMS = 10;
const LONGEST_PROBLEM_CHARS = 300;

/**
 * The lines of a range, to be attached to a question. Undefined where they are blank, and for a document that must not enter
 * prompts.
 */
export async function attachRange(
  document: vscode.TextDocument,
  range: vscode.Range,
  texts: SourceTexts,
): Promise<Attached | undefined> {
  // Who selects whole lines ends at the beginning of the next one.
  const isBehind = range.end.character === 0 && range.end.line > range.start.line;
  const endLine = isBehind ? range.end.line : range.end.line + 1;
  const source = await texts.read(document.uri.toString(), new AbortController().signal);
  if (!source) return undefined;
  const problems = problemsIn(document.uri, range.start.line, endLine);
  const attached = attachLines(crypto.randomUUID(), source, range.start.line, endLine, problems);
  return attached.text.trim() === '' ? undefined : attached;
}

function problemsIn(uri: vscode.Uri, firstLine: number, endLine: number): string[] {
  return vscode.languages
    .getDiagnostics(uri)
    .filter(({ range, severity }) => {
      const isInside = range.start.line < endLine && range.end.line >= firstLine;
      return isInside && severity <= vscode.DiagnosticSeverity.Warning;
    })
    .slice(0, MOST_PROBLEMS)
    .map(({ range, message }) => {
      const words = redactAll(message).text.replace(/\s+/g, ' ').slice(0, LONGEST_PROBLEM_CHARS);
      return `line ${range.start.line + 1}: ${words}`;
    });
}
