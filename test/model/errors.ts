/**
 * Something the person running the command can act on. The message is one sentence that says what happened
 * and what to do; anything that is not a `ModelFetchError` is a bug and is logged whole.
 */
export class ModelFetchError extends Error {
  override name = 'ModelFetchError';
}

/** Every source in the table was tried and none delivered a file. */
export class NoSourceReachableError extends ModelFetchError {
  override name = 'NoSourceReachableError';
  constructor(modelPath: string, failures: readonly SourceUnavailableError[]) {
    const reasons = failures.map((failure) => `${failure.label} (${failure.message})`).join(' nor from ');
    const tried = failures.length === 0 ? 'anywhere' : `from ${reasons}`;
    super(
      `The test model ${modelPath} is missing and could ${failures.length > 1 ? 'neither' : 'not'} be fetched ${tried}; ` +
        'connect to the network and run "npm run model" again.',
    );
  }
}

/** A download completed, but its bytes are not the pinned ones. */
export class WrongHashError extends ModelFetchError {
  override name = 'WrongHashError';
  constructor(label: string, expectedSha256: string, actualSha256: string) {
    super(
      `The test model from ${label} was removed because its SHA-256 is ${actualSha256} and not ${expectedSha256}; ` +
        'run "npm run model" again, and if it repeats, do not use that source.',
    );
  }
}

/** The disk is full, or the models directory cannot be written. */
export class StorageError extends ModelFetchError {
  override name = 'StorageError';
}

/**
 * One source could not deliver. Not for the user: it sends `ensureModel` on to the next source, and ends up as a
 * reason inside `NoSourceReachableError`.
 */
export class SourceUnavailableError extends Error {
  override name = 'SourceUnavailableError';
  readonly label: string;
  constructor(label: string, reason: string, options?: ErrorOptions) {
    super(reason, options);
    this.label = label;
  }
}
