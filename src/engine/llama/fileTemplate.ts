import type { LlamaModel } from 'node-llama-cpp';
import type { FileTemplate } from '../binding.ts';

/** The longest seen have 20,000: they are about tools. */
const MAX_TEMPLATE_CHARS = 200_000;

/** The chat template in a model's file, where there is one of a kind and size that can be meant. */
export function fileTemplate({ fileInfo, tokens }: LlamaModel): FileTemplate {
  // Typed as a text, but it is as the file has it.
  const template: unknown = fileInfo.metadata.tokenizer?.chat_template;
  const isUsable = typeof template === 'string' && template !== '' && template.length <= MAX_TEMPLATE_CHARS;
  return {
    source: isUsable ? template : undefined,
    bos: tokens.bosString ?? '',
    eos: tokens.eosString ?? '',
  };
}
