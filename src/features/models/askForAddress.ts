import * as vscode from 'vscode';
import {
  type AddressMistake,
  formatModelAddress,
  parseModelAddress,
} from '../../core/models/modelAddress.ts';

/** Asks for the address of a model, and says what is wrong with it as it is typed. */
export async function askForAddress(): Promise<string | undefined> {
  const { t } = vscode.l10n;
  const text = await vscode.window.showInputBox({
    title: t('Download a model'),
    prompt: t('hf:user/repo:QUANT, hf:user/repo/file.gguf, or the https address of a .gguf file'),
    placeHolder: 'hf:ggml-org/Qwen2.5-Coder-1.5B-Q8_0-GGUF:Q8_0',
    ignoreFocusOut: true,
    validateInput: (value) => {
      const parsed = parseModelAddress(value);
      return 'mistake' in parsed ? explain(parsed.mistake) : undefined;
    },
  });
  const parsed = parseModelAddress(text ?? '');
  return 'mistake' in parsed ? undefined : formatModelAddress(parsed);
}

function explain(mistake: AddressMistake): string {
  const { t } = vscode.l10n;
  switch (mistake) {
    case 'empty':
      return t('Type or paste an address.');
    case 'http':
      return t('Only https: what comes over http can be changed on its way.');
    case 'not-gguf':
      return t('This does not end in .gguf: only GGUF files can be used.');
    case 'hf-incomplete':
      return t('Write hf:user/repo:QUANT or hf:user/repo/file.gguf.');
    case 'unknown':
      return t('This is neither hf:user/repo:QUANT nor an https address.');
  }
}
