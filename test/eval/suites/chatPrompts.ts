import type { Prompt, PromptPiece, ReadyModel } from '../../../src/core/ports/model.ts';

/**
 * One question to a chat model, without a system message. DeepSeek-Coder-V2's form is its README's, with no space behind
 * the last colon; ChatML is what nearly all others were taught (openai-python, chatml.md).
 */
export function chatPrompt(question: string): (model: ReadyModel) => Prompt {
  return ({ format }) => ({
    pieces: format?.name === 'deepseek-coder' ? deepSeek(question) : chatMl(question),
    heal: '',
  });
}

function deepSeek(question: string): PromptPiece[] {
  return [text(`User: ${question}\n\nAssistant:`)];
}

function chatMl(question: string): PromptPiece[] {
  return [
    { special: '<|im_start|>' },
    text(`user\n${question}`),
    { special: '<|im_end|>' },
    text('\n'),
    { special: '<|im_start|>' },
    text('assistant\n'),
  ];
}

function text(text: string): PromptPiece {
  return { text, leadingSpace: false };
}
