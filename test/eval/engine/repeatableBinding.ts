import type { Binding, BoundModel } from '../../../src/engine/binding.ts';
import { RepeatableSequence } from './repeatableSequence.ts';

/** A binding whose models have a {@link RepeatableSequence}. */
export function repeatableBinding(inner: Binding): Binding {
  return {
    name: inner.name,
    load: async (...args) => repeatableModel(await inner.load(...args)),
    inspect: (...args) => inner.inspect(...args),
    locate: (...args) => inner.locate(...args),
    download: (...args) => inner.download(...args),
  };
}

function repeatableModel(model: BoundModel): BoundModel {
  return {
    facts: model.facts,
    sequence: new RepeatableSequence(model.sequence),
    bosToken: model.bosToken,
    chatTemplate: model.chatTemplate,
    openSequence: async () => new RepeatableSequence(await model.openSequence()),
    splitSpecials: (text) => model.splitSpecials(text),
    tokenize: (...args) => model.tokenize(...args),
    specialToken: (text) => model.specialToken(text),
    detokenize: (...args) => model.detokenize(...args),
    endsGeneration: (token) => model.endsGeneration(token),
    measure: (...args) => model.measure(...args),
    dispose: () => model.dispose(),
  };
}
