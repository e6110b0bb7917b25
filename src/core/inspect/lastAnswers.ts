import type { Disposable } from '../../base/disposable.ts';
import type { Answer } from '../completion/answer.ts';
import type { Completer } from '../completion/completer.ts';
import type { RefreshReport } from '../context/refreshReport.ts';
import type { CompletionResult, Model, ReadyModel } from '../ports/model.ts';
import type { Inspected } from './inspected.ts';

interface Kept {
  readonly answer: Answer;
  readonly related: RefreshReport | undefined;
  readonly model: ReadyModel | undefined;
  /** Comes after the answer. */
  result: CompletionResult | undefined;
}

/** The editor's last question, and the last one that the model was asked for: for who wants to know why. */
export class LastAnswers implements Disposable {
  private readonly _listener: Disposable;
  private _answer: Kept | undefined;
  private _request: Kept | undefined;

  constructor(completer: Completer, model: Model, related: { readonly report: RefreshReport | undefined }) {
    this._listener = completer.onDidAnswer((answer) => {
      const { state } = model;
      const ready = state.kind === 'ready' ? state.model : undefined;
      const kept: Kept = { answer, related: related.report, model: ready, result: undefined };
      this._answer = kept;
      if (!answer.generation) return;
      this._request = kept;
      void answer.generation.result.then((result) => (kept.result = result));
    });
  }

  /** However it was answered. */
  get answer(): Inspected | undefined {
    return this._answer && inspected(this._answer);
  }

  /** With a request to the model. */
  get request(): Inspected | undefined {
    return this._request && inspected(this._request);
  }

  dispose(): void {
    this._listener.dispose();
  }
}

function inspected({ answer, related, model, result }: Kept): Inspected {
  const { view, trigger, generation } = answer;
  if (!generation) return { view, trigger, answer, related, model };
  const { options, prompt, pieces, verdict, times } = generation;
  const seen = { view: generation.view, options, prompt, pieces, verdict, times, result };
  return { view, trigger, answer, generation: seen, related, model };
}
