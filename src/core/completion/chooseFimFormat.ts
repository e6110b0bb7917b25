import { DEEPSEEK_CHAT_MARKS } from '../chat/deepseekForm.ts';
import { FIM_FORMATS, type FimFormat, type FimPiece, type RepositoryPiece } from './fimFormats.ts';

/** What the engine knows of a loaded model's vocabulary. */
export interface VocabularyFacts {
  /** GGUF `general.architecture`. */
  readonly architecture: string;
  /** GGUF `general.name`, '' where there is none. A hint: it parts formats that fit, and makes none fit. */
  readonly name: string;
  /** Token texts behind `tokenizer.ggml.fim_*_token_id`, or what llama.cpp found by text. */
  readonly fimTokens: { readonly prefix?: string; readonly suffix?: string; readonly middle?: string };
  /** Those of `probedTexts()` that this vocabulary encodes, special tokens on, as exactly one token. */
  readonly singleTokens: ReadonlySet<string>;
}

/**
 * The format of a model's fill-in-the-middle prompts, or undefined when its vocabulary has no known markers. File
 * names are not asked: they are the user's. The markers decide which rows fit; among those the architecture counts
 * first, then the tokens the file itself names, then other tokens that are present, then the model's name, and then
 * the order of the table.
 */
export function chooseFimFormat(facts: VocabularyFacts): FimFormat | undefined {
  let best: FimFormat | undefined;
  let bestEvidence: readonly number[] = [];
  for (const format of FIM_FORMATS) {
    if (!markersOf(format).every((marker) => facts.singleTokens.has(marker))) continue;
    const evidence = evidenceFor(format, facts);
    if (best === undefined || isStronger(evidence, bestEvidence)) {
      best = format;
      bestEvidence = evidence;
    }
  }
  return best && withoutMissing(best, facts.singleTokens);
}

/** Every text the engine has to try on a vocabulary, each once. */
export function probedTexts(): string[] {
  const texts = new Set<string>(DEEPSEEK_CHAT_MARKS);
  for (const format of FIM_FORMATS) {
    for (const text of [...markersOf(format), ...repositoryMarkersOf(format)]) texts.add(text);
    for (const text of [...format.stop, ...format.recognisedBy.tokens]) texts.add(text);
  }
  return [...texts];
}

/** The markers without which a format cannot be written. Its repository form may be missing. */
function markersOf(format: FimFormat): string[] {
  return specialsOf([...format.layout, ...(format.namedLayout ?? [])]);
}

function repositoryMarkersOf({ repository }: FimFormat): string[] {
  if (!repository) return [];
  return specialsOf([...(repository.header ?? []), ...repository.file, ...repository.currentFile]);
}

/** A vocabulary may lack the markers between files: then other files are written as comments. */
function withoutMissing(format: FimFormat, singleTokens: ReadonlySet<string>): FimFormat {
  const isWritable = repositoryMarkersOf(format).every((marker) => singleTokens.has(marker));
  return isWritable ? format : { ...format, repository: undefined };
}

function specialsOf(pieces: readonly (FimPiece | RepositoryPiece)[]): string[] {
  return pieces.flatMap((piece) => (typeof piece !== 'string' && 'special' in piece ? [piece.special] : []));
}

/** Compared place by place, the first being the strongest. */
function evidenceFor(format: FimFormat, facts: VocabularyFacts): readonly number[] {
  const { architecture, tokens, modelName } = format.recognisedBy;
  const markers = markersOf(format);
  const named = [facts.fimTokens.prefix, facts.fimTokens.suffix, facts.fimTokens.middle];
  return [
    architecture?.test(facts.architecture) === true ? 1 : 0,
    named.filter((token) => token !== undefined && markers.includes(token)).length,
    tokens.length > 0 && tokens.every((token) => facts.singleTokens.has(token)) ? 1 : 0,
    modelName.test(facts.name) ? 1 : 0,
  ];
}

function isStronger(one: readonly number[], other: readonly number[]): boolean {
  for (const [place, value] of one.entries()) {
    const difference = value - (other[place] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return false;
}
