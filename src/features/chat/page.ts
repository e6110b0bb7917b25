export interface ChatPage {
  /** `dist/webview/chat.js` and `chat.css`, as addresses the webview may load. */
  readonly scriptUri: string;
  readonly styleUri: string;
  /** A BCP 47 tag, for screen readers and hyphens. */
  readonly language: string;
}

/**
 * The chat's page. Its policy lets it run one script and apply one style sheet, both by nonce, and nothing else: no fetch, no
 * picture, no font, no frame, no form. Whatever an answer holds, there is nothing it could load.
 */
export function chatPage(page: ChatPage, nonce = newNonce()): string {
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src 'nonce-${nonce}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="${attribute(page.language)}">
  <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="${policy}">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Deepwell Chat</title>
    <link rel="stylesheet" nonce="${nonce}" href="${attribute(page.styleUri)}">
  </head>
  <body>
    <div id="chat"></div>
    <script type="module" nonce="${nonce}" src="${attribute(page.scriptUri)}"></script>
  </body>
</html>
`;
}

function newNonce(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('');
}

function attribute(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}
