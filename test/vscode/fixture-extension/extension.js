import * as vscode from 'vscode';
const full = 'const total = items.reduce((sum, item) => {\n  const net = item.price;\n  return sum + net;\n}, 0);';
export function activate(context) {
  console.log('fixture active', process.version);
  context.subscriptions.push(
    vscode.languages.registerInlineCompletionItemProvider({ pattern: '**' }, {
      provideInlineCompletionItems(document, position) {
        const line = document.lineAt(position.line).text;
        const before = line.slice(0, position.character);
        if (before === '' || !full.startsWith(before)) return [];
        const rest = line.slice(position.character);
        return [{ insertText: full.slice(before.length) , range: new vscode.Range(position, document.lineAt(position.line).range.end) }];
      },
    }),
    vscode.commands.registerCommand('fixture.ask', async () => {
      const answer = await vscode.window.showInformationMessage('Take the pill?', 'Red', 'Blue');
      vscode.window.showInformationMessage(`You said ${answer}`);
    }),
    vscode.commands.registerCommand('fixture.settings', () => {
      const c = vscode.workspace.getConfiguration();
      vscode.window.showInformationMessage(JSON.stringify([c.inspect('editor.tabSize'), c.inspect('editor.fontSize'), c.get('chat.disableAIFeatures'), process.env.DEEPWELL_X, Object.keys(process.env).filter(k=>k.startsWith('npm_')).length]));
    }),
  );
  const item = vscode.window.createStatusBarItem(); item.text = '$(check) Fixture ready'; item.show();
}
