import type { LlamaContext, LlamaContextOptions, LlamaModel, Token } from 'node-llama-cpp';
import { EngineError } from '../../rpc/engineError.ts';
import type { ChatPart, MeasureReply, ModelFacts, ParamsOf } from '../../rpc/engineProtocol.ts';
import type { BoundModel, FileTemplate } from '../binding.ts';
import { checkContextMemory } from './checkMemory.ts';
import { fileTemplate } from './fileTemplate.ts';
import { LlamaBoundSequence } from './llamaSequence.ts';
import { measure } from './measure.ts';
import { splitInsideMarkers } from './splitInsideMarkers.ts';

/** Any code does: what tokens cost does not depend on what they say. */
const MEASURED_TEXT = 'function add(first, second) {\n  return first + second;\n}\n'.repeat(4);

interface Known {
  readonly fileBytes: number;
  readonly threads: number;
  readonly probe: readonly string[];
  /** What the first context was made with. */
  readonly contextOptions: LlamaContextOptions & {
    readonly contextSize: number;
    readonly batchSize: number;
    readonly flashAttention: boolean | 'auto';
  };
}

/** A loaded model with the context of its lane, and one for conversations where there are any. */
export class LlamaBoundModel implements BoundModel {
  readonly facts: ModelFacts;
  readonly sequence: LlamaBoundSequence;
  readonly chatTemplate: FileTemplate;
  private readonly _model: LlamaModel;
  private readonly _contexts: LlamaContext[];
  private readonly _contextOptions: Known['contextOptions'];
  private readonly _specials = new Map<string, Token | undefined>();
  private readonly _isSentencePiece: boolean;
  /**
   * Texts, of those probed and those of the chat template, that llama.cpp reads out of plain text too, because the file calls
   * them user-defined tokens.
   */
  private readonly _markersInText: readonly string[];

  constructor(model: LlamaModel, context: LlamaContext, known: Known) {
    this._model = model;
    this._contexts = [context];
    this._contextOptions = known.contextOptions;
    this.sequence = new LlamaBoundSequence(context);
    this._isSentencePiece = model.fileInfo.metadata.tokenizer?.ggml.model === 'llama';
    this.chatTemplate = fileTemplate(model);
    const markers = this.splitSpecials(this.chatTemplate.source ?? '').flatMap((part) =>
      'special' in part ? [part.special] : [],
    );
    this._markersInText = [...new Set([...known.probe, ...markers])].filter(
      (text) => model.tokenize(text, false).length === 1,
    );
    const { infill } = model.tokens;
    const { general } = model.fileInfo.metadata;
    this.facts = {
      architecture: general?.architecture ?? '',
      name: general?.name ?? '',
      fileBytes: known.fileBytes,
      contextTokens: context.contextSize,
      trainContextTokens: model.trainContextSize,
      backend: model.llama.gpu || 'cpu',
      gpuLayers: model.gpuLayers,
      threads: known.threads,
      flashAttention: context.flashAttention,
      addBos: model.tokens.shouldPrependBosToken,
      hasChatTemplate: this.chatTemplate.source !== undefined,
      fimTokens: {
        ...(infill.prefixString !== null && { prefix: infill.prefixString }),
        ...(infill.suffixString !== null && { suffix: infill.suffixString }),
        ...(infill.middleString !== null && { middle: infill.middleString }),
      },
      singleTokens: known.probe.filter((text) => this.specialToken(text) !== undefined),
    };
  }

  get bosToken(): number | undefined {
    return this.facts.addBos ? (this._model.tokens.bos ?? undefined) : undefined;
  }

  tokenize(text: string, leadingSpace = false): Token[] {
    const trim = this._isSentencePiece && !leadingSpace ? 'trimLeadingSpace' : undefined;
    const [first = '', ...rest] = splitInsideMarkers(text, this._markersInText);
    const tokens = this._model.tokenize(first, false, trim);
    for (const piece of rest) {
      const more = this._model.tokenize(piece, false, this._isSentencePiece ? 'trimLeadingSpace' : undefined);
      for (const token of more) tokens.push(token);
    }
    return tokens;
  }

  specialToken(text: string): Token | undefined {
    if (!this._specials.has(text)) {
      const tokens = this._model.tokenize(text, true);
      this._specials.set(text, tokens.length === 1 ? tokens[0] : undefined);
    }
    return this._specials.get(text);
  }

  detokenize(tokens: readonly Token[], before: readonly Token[]): string {
    return this._model.detokenize(tokens, false, before);
  }

  endsGeneration(token: Token): boolean {
    return this._model.isEogToken(token);
  }

  splitSpecials(text: string): ChatPart[] {
    const parts: ChatPart[] = [];
    let end = 0;
    for (const token of this._model.tokenize(text, true)) {
      const { control, userDefined } = this._model.getTokenAttributes(token);
      if (!control && !userDefined) continue;
      const special = this._model.detokenize([token], true);
      const start = special === '' ? -1 : text.indexOf(special, end);
      // What cannot be found or looked up again stays text.
      if (start < 0 || this.specialToken(special) === undefined) continue;
      if (start > end) parts.push({ text: text.slice(end, start) });
      parts.push({ special });
      end = start + special.length;
    }
    return end < text.length ? [...parts, { text: text.slice(end) }] : parts;
  }

  async openSequence(): Promise<LlamaBoundSequence> {
    const { contextSize: contextTokens, batchSize: batchTokens, flashAttention } = this._contextOptions;
    await checkContextMemory(this._model, { contextTokens, batchTokens, flashAttention });
    try {
      const context = await this._model.createContext(this._contextOptions);
      this._contexts.push(context);
      return new LlamaBoundSequence(context);
    } catch (error) {
      throw new EngineError(
        'not-enough-memory',
        `There is no room for a second context of ${contextTokens} tokens, which a conversation needs.`,
        { contextTokens },
        { cause: error },
      );
    }
  }

  async measure(options: Omit<ParamsOf<'measure'>, 'model'>, signal: AbortSignal): Promise<MeasureReply> {
    return measure(this._model, this.tokenize(MEASURED_TEXT), options, signal);
  }

  async dispose(): Promise<void> {
    for (const context of this._contexts) await context.dispose();
    await this._model.dispose();
  }
}
