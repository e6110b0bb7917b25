/** Names of files that exist to hold secrets, in lower case. */
const NAMES = new Set([
  '.envrc',
  '.npmrc',
  '.yarnrc',
  '.pypirc',
  '.netrc',
  '_netrc',
  '.pgpass',
  '.my.cnf',
  '.htpasswd',
  '.git-credentials',
  '.dockercfg',
  '.boto',
  '.s3cfg',
  '.vault-token',
  '.terraformrc',
  'credentials',
  'credentials.json',
  'credentials.yml',
  'credentials.yaml',
  'credentials.toml',
  'credentials.xml',
  'client_secret.json',
  'service-account.json',
  'service_account.json',
  'application_default_credentials.json',
  'secrets.json',
  'secrets.yml',
  'secrets.yaml',
  'secrets.toml',
  'kubeconfig',
  'master.key',
  'terraform.tfstate',
  'terraform.tfstate.backup',
  'wp-config.php',
]);

/** `.env`, `.env.local`, `prod.env`, `id_rsa`, `client_secret_123.apps.json`, `terraform.prod.tfvars`. */
const PATTERNS = [
  /^\.env(\..*)?$/,
  /^id_(rsa|dsa|ecdsa|ed25519)(_sk)?$/,
  /^client_secret_.*\.json$/,
  /\.(pem|key|p8|p12|pfx|jks|keystore|ppk|kdbx|asc|gpg|env|tfvars|tfstate|ovpn|mobileprovision)$/,
];

/**
 * Whether a file exists to hold secrets, by its name alone: such a file is never completed, indexed or put into a
 * prompt, whatever the settings say. Examples without values (`.env.example`) count too: people fill them in.
 *
 * @param path with forward slashes.
 */
export function isSecretFile(path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
  return NAMES.has(name) || PATTERNS.some((pattern) => pattern.test(name)) || isLoginConfig(path);
}

/** Files whose name says nothing by itself: `~/.docker/config.json`, `~/.kube/config`. */
function isLoginConfig(path: string): boolean {
  return /(^|\/)(\.docker\/config\.json|\.kube\/config)$/i.test(path);
}
