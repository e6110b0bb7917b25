const vscode = require('vscode');

/** What the least extension costs: one file, one thing registered. */
exports.activate = (context) => {
  context.subscriptions.push(new vscode.EventEmitter());
};
