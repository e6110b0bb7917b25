import assert from 'node:assert/strict';
import { findSecrets } from '../../../../../src/core/context/redaction/findSecrets.ts';
import { SECRET_FORMATS } from '../../../../../src/core/context/redaction/secretFormats.ts';
import { seeded } from '../../../../../src/base/seeded.ts';

const random = seeded(7);
const LOWER = 'abcdefghijklmnopqrstuvwxyz';
const WORD = `${LOWER}${LOWER.toUpperCase()}0123456789`;

/** Made up anew, and never a literal: scanners of repositories would take this file for a leak. */
function made(chars: number, from = WORD): string {
  return Array.from({ length: chars }, () => from[Math.floor(random() * from.length)]).join('');
}

/** The text with each secret in ⟦ ⟧. */
function picture(text: string, insideKey = false): string {
  let result = '';
  let from = 0;
  for (const { start, end } of findSecrets(text, insideKey).spans) {
    result += `${text.slice(from, start)}⟦${text.slice(start, end)}⟧`;
    from = end;
  }
  return result + text.slice(from);
}

describe('findSecrets', () => {
  const upper = `${LOWER.toUpperCase()}234567`;
  const aws = `k7${made(38, `${WORD}/+`)}`;
  // format, the text with the secret marked
  const secrets: [format: string, text: string][] = [
    ['AWS access key id', `id = "AKIA⟦${made(16, upper)}⟧"`],
    ['AWS access key id', `ASIA⟦${made(16, upper)}⟧\n`],
    ['GitHub token', `git clone https://ghp_⟦${made(36)}⟧@github.com/a/b`],
    ['GitHub token', `ghs_⟦${made(36)}⟧`],
    ['GitHub fine-grained token', `github_pat_⟦${made(22)}_${made(59)}⟧`],
    ['GitLab token', `x(glpat-⟦${made(20)}⟧)`],
    ['Slack token', `'xoxb-⟦${made(12, '123456789')}-${made(12, '123456789')}-${made(24)}⟧'`],
    ['Slack token', `xapp-⟦1-A${made(10)}-${made(13, '123456789')}-${made(64)}⟧`],
    ['Slack webhook', `https://hooks.slack.com/services/⟦T${made(10)}/B${made(10)}/${made(24)}⟧`],
    ['Stripe key', `sk_live_⟦${made(24)}⟧`],
    ['Stripe key', `rk_test_⟦${made(99)}⟧`],
    ['Stripe webhook secret', `whsec_⟦${made(32)}⟧`],
    ['Google API key', `key=AIza⟦Sy${made(33)}⟧&v=3`],
    ['Google OAuth client secret', `GOCSPX-⟦${made(28)}⟧`],
    ['npm token', `//registry.npmjs.org/:_authToken=npm_⟦${made(36)}⟧`],
    ['PyPI token', `pypi-⟦AgEIcHlwaS5vcmc${made(80)}⟧`],
    ['Hugging Face token', `hf_⟦${made(34, LOWER)}⟧`],
    ['SendGrid key', `SG.⟦${made(22)}.${made(43)}⟧`],
    ['Anthropic key', `sk-ant-api03-⟦${made(93)}AA⟧`],
    ['OpenAI key', `sk-proj-⟦${made(40)}T3BlbkFJ${made(40)}⟧`],
    ['JSON web token', `Bearer eyJ⟦${made(30)}.eyJ${made(60)}.${made(43)}⟧`],
    ['password in an address', `postgres://app:⟦s3cr3t${made(4)}⟧@db.internal:5432/app`],
    ['quoted password or key', `password = "⟦hunter-22${made(3)}⟧"`],
    ['quoted password or key', `const dbPassword: string = '⟦Tr0ub4dor&3⟧';`],
    ['quoted password or key', `{ "client_secret": "⟦q8${made(30)}⟧" }`],
    ['quoted password or key', `apiKey => '⟦z9${made(30)}⟧'`],
    ['quoted password or key', `AWS_SECRET_ACCESS_KEY = "⟦${aws}⟧"`],
    ['unquoted key', `export AWS_SECRET_ACCESS_KEY=⟦a1b2c3d4${made(32)}⟧\n`],
    ['unquoted key', `api_token: ⟦f3a9c1d8e7b2460f9d8c7b6a5e4f3d2c⟧`],
  ];

  for (const [format, marked] of secrets) {
    it(`finds ${format} in ${marked.slice(0, 30)}…`, () => {
      assert.equal(picture(marked.replace(/[⟦⟧]/g, '')), marked);
    });
  }

  it('has an example of every format', () => {
    const known = new Set(secrets.map(([format]) => format));
    assert.deepEqual(
      SECRET_FORMATS.filter(({ name }) => !known.has(name)).map(({ name }) => name),
      [],
    );
    for (const { source, pattern } of SECRET_FORMATS) assert.ok(source !== '' && pattern.global);
  });

  const harmless: [what: string, text: string][] = [
    ['a UUID', 'id = "550e8400-e29b-41d4-a716-446655440000"'],
    ['a git hash', 'commit cb5ef54b0d3f5d1d2ac9e66e1b3f0a8d3f7c9d11'],
    ['a SHA-256', `integrity: 'sha256-${made(44)}'`],
    ['an image', `background: url(data:image/png;base64,iVBORw0KGgo${made(300)})`],
    ['a long constant', `const chars = '${WORD}';`],
    ['a short GitHub token', `ghp_${made(20)}`],
    ['an AWS id in lower case', `akia${made(16, LOWER)}`],
    ['an AWS id inside a longer word', `XAKIA${made(16, upper)}`],
    ['a name that begins like a key', 'sk_live_mode = true; task_test_results'],
    ['a publishable key', `pk_live_${made(24)}`],
    ['npm in a name', 'npm_config_registry npm_package_version'],
    ['a variable', 'const password = readPassword(prompt1);'],
    ['a member', 'token = this.options.auth.token2'],
    ['a field name', 'password: "new_password"'],
    ['a key of a translation', "secret: 'settings.security.secret_key2'"],
    ['a sentence', 'password = "Enter your password here 1"'],
    ['a placeholder for the eye', 'password = "<your-password-1>"; api_key = "your-api-key-here"'],
    ['a template', 'password = "${env.PASSWORD_1}"'],
    ['a name that only begins with one', `tokenId = "a1${made(30)}"`],
    ['an address without a password', 'http://localhost:3000/a@b'],
    ['an address with a template', 'postgres://app:${password}@db/app'],
    ['a long identifier', 'secret = someVeryLongIdentifierName2'],
    ['two dotted parts', `eyJ${made(30)}.${made(30)}`],
    [
      'code that looks for keys',
      "if (pem.startsWith('-----BEGIN PRIVATE KEY-----')) return parsePem(pem, options);",
    ],
    ['a pattern for keys', '/-----BEGIN PRIVATE KEY-----([^]*?)-----END PRIVATE KEY-----/'],
    ['a certificate', `-----BEGIN CERTIFICATE-----\n${made(64)}\n-----END CERTIFICATE-----`],
  ];

  for (const [what, text] of harmless) {
    it(`leaves ${what} alone`, () => {
      assert.equal(picture(text), text);
    });
  }

  describe('private keys', () => {
    const lines = Array.from({ length: 10 }, () => made(64));
    const body = `${lines.join('\n')}\nab12==`;

    for (const kind of ['', 'RSA ', 'EC ', 'OPENSSH ', 'ENCRYPTED ']) {
      it(`finds the body of "${kind}PRIVATE KEY"`, () => {
        const [begin, end] = [`-----BEGIN ${kind}PRIVATE KEY-----`, `-----END ${kind}PRIVATE KEY-----`];
        assert.equal(picture(`a\n${begin}\n${body}\n${end}\nb`), `a\n${begin}⟦\n${body}\n⟧${end}\nb`);
      });
    }

    it('finds one in a string', () => {
      const text = `"-----BEGIN PRIVATE KEY-----\\n${lines.join('\\n')}\\n-----END PRIVATE KEY-----\\n"`;
      assert.ok(
        lines.every(
          (line) =>
            !picture(text)
              .replace(/⟦[^]*⟧/, '')
              .includes(line),
        ),
      );
    });

    it('goes on from one text to the next', () => {
      const first = findSecrets(`x\n-----BEGIN RSA PRIVATE KEY-----\n${lines[0]}\n${lines[1]}\n`, false);
      assert.equal(first.insideKey, true);
      const second = findSecrets(`${lines[2]}\n${lines[3]}\n`, true);
      assert.deepEqual(second, { spans: [{ start: 0, end: 130 }], insideKey: true });
      assert.equal(
        picture(`${lines[4]}\nab1=\n-----END RSA PRIVATE KEY-----\nx`, true).startsWith('⟦'),
        true,
      );
      assert.equal(findSecrets(`${lines[4]}\nab1=\n-----END RSA PRIVATE KEY-----\nx`, true).insideKey, false);
    });

    it('ends with a line of its own text', () => {
      assert.equal(picture('ab12==\n-----END PRIVATE KEY-----', true), '⟦ab12==\n⟧-----END PRIVATE KEY-----');
    });

    it('is not what stands between a head and a foot in code', () => {
      const code =
        "a = '-----BEGIN PRIVATE KEY-----';\nimportedDefinitionsOfKeys();\nb = '-----END PRIVATE KEY-----';";
      assert.equal(picture(code), code);
    });

    it('is seen without its head where its foot stands there', () => {
      const text = `${lines[4]}\n${lines[5]}\nab1=\n-----END RSA PRIVATE KEY-----\nx`;
      assert.equal(picture(text), `⟦${lines[4]}\n${lines[5]}\nab1=\n⟧-----END RSA PRIVATE KEY-----\nx`);
      assert.equal(
        picture('check();\n-----END RSA PRIVATE KEY-----'),
        'check();\n-----END RSA PRIVATE KEY-----',
      );
    });

    it('goes on behind a head that ends its text', () => {
      assert.equal(findSecrets('-----BEGIN PRIVATE KEY-----\n', false).insideKey, true);
      assert.equal(findSecrets("has('-----BEGIN PRIVATE KEY-----'", false).insideKey, false);
    });
  });

  it('comes to an end on hostile texts', function () {
    // Backtracking would take for ever; a busy machine only takes long.
    this.timeout(30_000);
    for (const unit of [
      '+',
      'a:',
      'eyJ.',
      '-----BEGIN PRIVATE KEY-----',
      'password=',
      'http://a:',
      ' ',
      'sk-',
      'A',
    ]) {
      findSecrets(unit.repeat(200_000 / unit.length), false);
    }
  });
});
