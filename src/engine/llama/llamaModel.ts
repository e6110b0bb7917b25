import type { LlamaContext, LlamaModel, Token } from 'node-llama-cpp';
import type { MeasureReply, ModelFacts, ParamsOf } from '../../rpc/engineProtocol.ts';
import type { BoundModel } from '../binding.ts';
import { LlamaBoundSequence } from './llamaSequence.ts';
import { measure } from './measure.ts';
import { splitInsideMarkers } from './splitInsideMarkers.ts';

/** Any code does: what tokens cost does not depend on what they say. */
const MEASURED_TEXT = 'function add(first, second) {\n  return first + second;\n}\n'.repeat(4);

interface Known {
  readonly fileBytes: number;
  readonly threads: number;
  readonly probe: readonly string[];
}

/** A loaded model with the one context of its lane. */
export class LlamaBoundModel implements BoundModel {
  readonly facts: ModelFacts;
  readonly sequence: LlamaBoundSequence;
  private readonly _model: LlamaModel;
  private readonly _context: LlamaContext;
  private readonly _specials = new Map<string, Token | undefined>();
  private readonly _isSentencePiece: boolean;
  /** Probed texts that llama.cpp reads out of plain text too, because the file calls them user-defined tokens. */
  private readonly _markersInText: readonly string[];

  constructor(model: LlamaModel, context: LlamaContext, known: Known) {
    this._model = model;
    this._context = context;
    this.sequence = new LlamaBoundSequence(context);
    this._isSentencePiece = model.fileInfo.metadata.tokenizer?.ggml.model === 'llama';
    this._markersInText = known.probe.filter((text) => model.tokenize(text, false).length === 1);
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

  async measure(options: Omit<ParamsOf<'measure'>, 'model'>, signal: AbortSignal): Promise<MeasureReply> {
    return measure(this._model, this.tokenize(MEASURED_TEXT), options, signal);
  }

  async dispose(): Promise<void> {
    await this._context.dispose();
    await this._model.dispose();
  }
}
