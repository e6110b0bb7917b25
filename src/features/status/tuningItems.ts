import * as vscode from 'vscode';
import type { Choice, Tuning, Why } from '../../core/models/tuning.ts';

/** What was chosen for this machine, and why: read, not picked. */
export async function showTuning(tuning: Tuning): Promise<void> {
  await vscode.window.showQuickPick(tuningItems(tuning), {
    title: vscode.l10n.t('Deepwell: tuned for this machine'),
    placeHolder: summary(tuning),
  });
}

/** One for each choice, its value and its reason. */
export function tuningItems(tuning: Tuning): vscode.QuickPickItem[] {
  const { t } = vscode.l10n;
  const item = <T>(label: string, { value, why }: Choice<T>, text: (value: T) => string) => ({
    label,
    description: text(value),
    detail: reason(why),
  });
  const ms = (value: number | undefined): string =>
    value === undefined ? t('not known yet') : t('{0} ms', value);
  return [
    item(t('Flash attention'), tuning.flashAttention, (on) =>
      on === undefined ? t('as is usual for this kind of model') : on ? t('on') : t('off'),
    ),
    item(t('Threads'), tuning.threads, (count) => (count === 0 ? t('all cores but one') : String(count))),
    item(t('Context'), tuning.contextTokens, (tokens) => t('{0} tokens', tokens)),
    item(t('Text after the cursor'), tuning.suffixChars, (chars) => t('{0} characters', chars)),
    item(t('First token after a key'), tuning.firstTokenMs, ms),
  ];
}

/** One line on how quick the model is here. */
export function summary({ speeds }: Tuning): string {
  const { t } = vscode.l10n;
  if (!speeds) return t('This model has not been timed here yet: that happens while you rest.');
  const [prefill, decode] = [speeds.prefill, speeds.decode].map((speed) => speed.toFixed(speed < 10 ? 1 : 0));
  return t('Reads {0} and writes {1} tokens a second', prefill ?? '', decode ?? '');
}

function reason(why: Why): string {
  const { t } = vscode.l10n;
  switch (why) {
    case 'setting':
      return t('Set by you');
    case 'not measured':
      return t('The default: not timed yet');
    case 'not compared':
      return t('The default: comparing is not worth its time on this machine');
    case 'confirmed':
      return t('The default, and right for what was timed here');
    case 'measured':
      return t('By what was timed here');
  }
}
