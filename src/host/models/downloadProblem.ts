import { ModelDownloadError } from '../../core/ports/modelFiles.ts';
import type { EngineError, EngineErrorKind } from '../../rpc/engineError.ts';

interface Entry {
  readonly retry: boolean;
  /** Follows the engine's own sentence. */
  readonly advice: string;
}

const KEPT = 'What has arrived is kept.';

const ENTRIES: Partial<Record<EngineErrorKind, Entry>> = {
  offline: { retry: true, advice: KEPT },
  'server-error': { retry: true, advice: KEPT },
  'not-found': { retry: false, advice: '' },
  'access-denied': { retry: false, advice: '' },
  'disk-full': { retry: true, advice: 'Make room and try again.' },
  'no-permission': { retry: true, advice: 'Its permissions must be changed.' },
  'wrong-download': { retry: true, advice: '' },
};

const BUG: Entry = { retry: true, advice: 'The log has the details.' };

/** What ended a download, as the user is told. */
export function downloadProblem(error: EngineError): ModelDownloadError {
  const { retry, advice } = ENTRIES[error.kind] ?? BUG;
  return new ModelDownloadError(`${error.message} ${advice}`.trimEnd(), retry, { cause: error });
}
