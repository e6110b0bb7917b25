import * as vscode from 'vscode';
import { hidePersonal, type Person } from '../../core/diagnose/hidePersonal.ts';
import type { RecentAnswers } from '../../core/diagnose/recentAnswers.ts';
import { answerLines, renderReport, type ReportSection } from '../../core/diagnose/report.ts';
import { storedSettings } from '../../workspace/storedSettings.ts';

export interface DiagnoseSources {
  readonly version: string;
  /** Full names of all settings. */
  readonly settings: readonly string[];
  readonly answers: RecentAnswers;
  /** What is known of the machine and the engine, and of whom to hide. */
  readonly engine: () => Promise<{ readonly sections: readonly ReportSection[]; readonly person: Person }>;
}

/** Opens a report to read, cut and send. Nothing in it is text of the user's files, prompts or suggestions. */
export async function diagnose(sources: DiagnoseSources): Promise<void> {
  const content = await diagnosis(sources);
  const document = await vscode.workspace.openTextDocument({ language: 'markdown', content });
  await vscode.window.showTextDocument(document);
}

async function diagnosis({ version, settings, answers, engine }: DiagnoseSources): Promise<string> {
  const { sections, person } = await engine();
  const report: ReportSection[] = [
    {
      title: 'Versions',
      facts: {
        Deepwell: version,
        'VS Code': `${vscode.version} (${vscode.env.appName}, ${vscode.env.appHost})`,
        remote: vscode.env.remoteName ?? 'none',
      },
    },
    ...sections,
    {
      title: 'Settings that differ',
      lines: storedSettings(settings).map(({ name, where, languageId, value }) => {
        const place = languageId === undefined ? where : `${where}, [${languageId}]`;
        return `${name} = ${JSON.stringify(value)} (${place})`;
      }),
    },
    { title: 'Last answers', lines: answerLines(answers.all) },
  ];
  return renderReport(report, (text) => hidePersonal(text, person));
}
