/** One shape of secret. The pattern's first group is what may be read before it, the second is the secret itself. */
export interface SecretFormat {
  readonly name: string;
  /** Global. Linear in the text: content is hostile, so no two neighbouring repetitions share a character. */
  readonly pattern: RegExp;
  /** Where the shape is written down. */
  readonly source: string;
  /** Looks at the secret where the pattern alone would take harmless text for one. */
  readonly isSecret?: (secret: string, before: string) => boolean;
}

/**
 * Formats with a prefix of their own first: they cannot be mistaken. A table of ours, because the rule packages of
 * secretlint report through an asynchronous engine and are 1 MB of code, most of a bundle that is to load in 50 ms.
 */
export const SECRET_FORMATS: readonly SecretFormat[] = [
  {
    name: 'AWS access key id',
    pattern: /\b(AKIA|ASIA)([A-Z0-9]{16})\b/g,
    source: 'AWS IAM user guide, "IAM identifiers", unique id prefixes; the others there are no credentials',
  },
  {
    name: 'GitHub token',
    pattern: /\b(gh[pousr]_)([A-Za-z0-9]{36,251})\b/g,
    source: 'github.blog, "Behind GitHub\'s new authentication token formats"',
  },
  {
    name: 'GitHub fine-grained token',
    pattern: /\b(github_pat_)([A-Za-z0-9_]{60,255})\b/g,
    source: 'docs.github.com, "GitHub\'s token formats"',
  },
  {
    name: 'GitLab token',
    pattern: /\b(gl(?:pat|dt|rt|cbt|ptt|ft|soat)-)([\w-]{20,})/g,
    source: 'docs.gitlab.com, "Token overview", token prefixes',
  },
  {
    name: 'Slack token',
    pattern: /\b(xox[abeoprs](?:\.xox[bp])?-|xapp-)(\d[A-Za-z0-9-]{14,})/g,
    source: 'api.slack.com/concepts/token-types',
  },
  {
    name: 'Slack webhook',
    pattern: /(hooks\.slack\.com\/(?:services|workflows)\/)([A-Za-z0-9+/]{40,})/g,
    source: 'api.slack.com/messaging/webhooks',
  },
  {
    name: 'Stripe key',
    pattern: /\b((?:sk|rk)_(?:live|test)_)([A-Za-z0-9]{16,})\b/g,
    source: 'docs.stripe.com/keys; publishable keys (pk_) are public',
  },
  {
    name: 'Stripe webhook secret',
    pattern: /\b(whsec_)([A-Za-z0-9+/]{24,}={0,2})/g,
    source: 'docs.stripe.com/webhooks',
  },
  {
    name: 'Google API key',
    pattern: /\b(AIza)([\w-]{35})(?![\w-])/g,
    source: 'cloud.google.com/docs/authentication/api-keys, example keys',
  },
  {
    name: 'Google OAuth client secret',
    pattern: /\b(GOCSPX-)([\w-]{28})(?![\w-])/g,
    source: 'developers.google.com/identity/protocols/oauth2, client secret files',
  },
  {
    name: 'npm token',
    pattern: /\b(npm_)([A-Za-z0-9]{36})\b/g,
    source: 'github.blog, "Announcing npm\'s new access token format"',
  },
  {
    name: 'PyPI token',
    pattern: /\b(pypi-)(AgE[\w-]{60,})/g,
    source: 'pypi.org/help, "API tokens": macaroons, base64 with a fixed first byte',
  },
  {
    name: 'Hugging Face token',
    pattern: /\b(hf_)([A-Za-z]{34})\b/g,
    source: 'huggingface.co/docs/hub/security-tokens',
  },
  {
    name: 'SendGrid key',
    pattern: /\b(SG\.)([\w-]{22}\.[\w-]{43})(?![\w-])/g,
    source: 'docs.sendgrid.com, "API keys": 69 characters in three parts',
  },
  {
    name: 'Anthropic key',
    pattern: /\b(sk-ant-[a-z]+\d\d-)([\w-]{80,})/g,
    source: 'docs.anthropic.com, key names in the console',
  },
  {
    name: 'OpenAI key',
    pattern: /\b(sk-(?:(?:proj|svcacct|admin)-)?)([\w-]{20,200}T3BlbkFJ[\w-]{20,200})/g,
    source: 'platform.openai.com/api-keys: "OpenAI" in base64 stands in each',
  },
  {
    name: 'JSON web token',
    pattern: /\b(eyJ)([\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]{16,})/g,
    source: 'RFC 7519 with RFC 7515: three base64url parts, the first two begin with {"',
  },
  {
    name: 'password in an address',
    pattern: /([a-z][a-z0-9+.-]{1,30}:\/\/[^\s:@/'"`<>${}]{1,100}:)([^\s:@/'"`]{3,200})(?=@[\w.[-])/g,
    source: 'RFC 3986, section 3.2.1',
    isSecret: (secret) => !/^[<${%*[]/.test(secret),
  },
  {
    name: 'quoted password or key',
    pattern: new RegExp(`(${nameOfSecret()}["']?${assignment()}["'\`])([^\\s"'\`]{8,500})(?=["'\`])`, 'gi'),
    source: 'our own rule: what the name says is secret, and looks made by chance',
    isSecret: (secret, before) =>
      /pass(?:word|wd|phrase)?\b|pwd/i.test(before) ? looksLikePassword(secret) : looksRandom(secret, 16),
  },
  {
    name: 'unquoted key',
    pattern: new RegExp(`(${nameOfSecret()}[ \\t]*[:=][ \\t]*)([\\w+/=-]{20,500})(?=[\\s;,]|$)`, 'gi'),
    source: 'our own rule, for shell, YAML and INI: no identifier has three digits in as many places',
    isSecret: (secret) => looksRandom(secret, 20) && secret.split(/\d+/).length > 3,
  },
];

/** Ends in a word for something secret, so that `tokenId` and `passwordField` are left alone. */
function nameOfSecret(): string {
  return '(?:pass(?:word|wd|phrase)|pwd|secret|token|(?:api|access|secret|private|auth|account|signing|encryption)[-_]?key|credentials?)';
}

/** `=`, `:`, `:=`, `=>`, and TypeScript's `: string =`. */
function assignment(): string {
  return '\\s{0,20}(?::\\s{0,5}\\w{1,30}\\s{0,5}=|:=|=>|[:=])\\s{0,20}';
}

/** Short and readable ones too: a letter and a digit or sign, and not a placeholder for the eye. */
function looksLikePassword(text: string): boolean {
  if (/^[<${%*[]|^(?:your|my|change|enter|example|test)[-_]?/i.test(text)) return false;
  return /[a-z]/i.test(text) && /[^a-z_./-]/i.test(text) && entropyBits(text) >= 2.5;
}

function looksRandom(text: string, minChars: number): boolean {
  if (text.length < minChars || !/\d/.test(text) || !/[a-z]/i.test(text)) return false;
  // Words with separators, as in `refresh_token_v2` or `my-app/database.key1`.
  if (/^[a-z]*\d{0,2}(?:[-_./:][a-z]*\d{0,2})*$/i.test(text)) return false;
  return /^[\w+/=.~-]+$/.test(text) && entropyBits(text) >= 3;
}

/** Shannon entropy per character, in bits. */
function entropyBits(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length);
  return bits;
}
