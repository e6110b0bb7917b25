import assert from 'node:assert/strict';
import { isSecretFile } from '../../../../src/core/files/secretFiles.ts';

describe('secret files', () => {
  const rows: readonly [path: string, secret: boolean][] = [
    ['.env', true],
    ['app/.env.local', true],
    ['.env.example', true],
    ['.envrc', true],
    ['prod.env', true],
    ['src/env.ts', false],
    ['src/environment.ts', false],
    ['certs/server.pem', true],
    ['certs/server.KEY', true],
    ['src/key.ts', false],
    ['src/keyboard.ts', false],
    ['store.p12', true],
    ['.ssh/id_ed25519', true],
    ['.ssh/id_ecdsa_sk', true],
    ['.ssh/id_rsa', true],
    ['.ssh/id_rsa.pub', false],
    ['.ssh/config', false],
    ['.npmrc', true],
    ['.netrc', true],
    ['_netrc', true],
    ['.git-credentials', true],
    ['.aws/credentials', true],
    ['.aws/config', false],
    ['config/credentials.json', true],
    ['config/Credentials.yml', true],
    ['src/credentials.ts', false],
    ['client_secret_12.apps.googleusercontent.com.json', true],
    ['config/secrets.yaml', true],
    ['src/secrets.ts', false],
    ['infra/prod.tfvars', true],
    ['infra/terraform.tfstate', true],
    ['infra/main.tf', false],
    ['.docker/config.json', true],
    ['src/config.json', false],
    ['home/.kube/config', true],
    ['config/master.key', true],
    ['.pem/readme.ts', false],
  ];
  for (const [path, secret] of rows) {
    it(`${path} ${secret ? 'holds' : 'does not hold'} secrets`, () => {
      assert.equal(isSecretFile(path), secret);
    });
  }
});
