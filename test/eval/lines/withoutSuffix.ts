import type { CompletionRequest, CompletionResult, Model } from '../../../src/core/ports/model.ts';

/**
 * The same model, shown only what stands before the cursor: to the prompt's builder it has no format for filling in the
 * middle. What shapes its suggestions still knows the whole document.
 */
export function withoutSuffix(model: Model): Model {
  return {
    get state() {
      return model.state;
    },
    onDidChangeState: model.onDidChangeState,
    complete: (request: CompletionRequest): Promise<CompletionResult> =>
      model.complete({
        ...request,
        prompt: (ready, scale) => request.prompt({ ...ready, format: undefined }, scale),
      }),
    warmUp: (request) => model.warmUp(request),
  };
}
