/** One piece of a prompt's layout: a marker that must become one token, fixed text, or the user's text. */
export type FimPiece =
  { readonly special: string } | { readonly literal: string } | 'prefix' | 'suffix' | 'path';

/** One piece of how a related file, or the line above all of them, is written. */
export type RepositoryPiece =
  { readonly special: string } | { readonly literal: string } | 'repository' | 'path' | 'content';

/** Whose text a row was taken from. */
export type FimSource = 'maker' | 'third-party';

/** How a family writes several files of one repository into the prompt, in front of the current file. */
export interface FimRepository {
  /** Written once, first. */
  readonly header?: readonly RepositoryPiece[];
  /** Written for every related file. */
  readonly file: readonly RepositoryPiece[];
  /** Takes the place of `layout` when there are related files. */
  readonly currentFile: readonly FimPiece[];
  /** Where the related files stand: before all of `currentFile`, or between its first marker and what follows that. */
  readonly place: 'first' | 'behind first marker';
  readonly source: FimSource;
  readonly sourceNote: string;
}

/** A model family's way of writing a fill-in-the-middle prompt. Marker texts are as the vocabulary spells them. */
export interface FimFormat {
  readonly name: string;
  /** Whether the prefix (PSM) or the suffix (SPM) comes first. */
  readonly order: 'PSM' | 'SPM';
  /** Without BOS: the engine puts it first where the GGUF file says add_bos_token. */
  readonly layout: readonly FimPiece[];
  /** Used instead of `layout` when the file has a path, by families that were trained on a file name alone. */
  readonly namedLayout?: readonly FimPiece[];
  /** Texts that end the middle where they are one token, besides the model's own end-of-generation tokens. */
  readonly stop: readonly string[];
  /**
   * The text that keeps the space a SentencePiece vocabulary puts before a text's first word; every other text goes
   * in without it. No meaning for other vocabularies.
   */
  readonly leadingSpace?: 'prefix';
  readonly repository?: FimRepository;
  /** What tells this row from others with the same markers, strongest first. Never enough without the markers. */
  readonly recognisedBy: {
    /** GGUF `general.architecture`. 'llama' says nothing: half the families convert to it. */
    readonly architecture?: RegExp;
    /** All of these are single tokens. */
    readonly tokens: readonly string[];
    /** GGUF `general.name`. */
    readonly modelName: RegExp;
  };
  readonly source: FimSource;
  readonly sourceNote: string;
}

const QWEN_STYLE: readonly FimPiece[] = [
  { special: '<|fim_prefix|>' },
  'prefix',
  { special: '<|fim_suffix|>' },
  'suffix',
  { special: '<|fim_middle|>' },
];

const STARCODER_STYLE: readonly FimPiece[] = [
  { special: '<fim_prefix>' },
  'prefix',
  { special: '<fim_suffix>' },
  'suffix',
  { special: '<fim_middle>' },
];

const MELLUM: readonly FimPiece[] = [
  { special: '<fim_suffix>' },
  'suffix',
  { special: '<fim_prefix>' },
  'prefix',
  { special: '<fim_middle>' },
];

const MELLUM_NAMED: readonly FimPiece[] = [{ special: '<filename>' }, 'path', { literal: '\n' }, ...MELLUM];

/**
 * Every known format. Where nothing tells two rows with the same markers apart, the earlier one is taken.
 *
 * A row's markers in a vocabulary do not prove that the weights were trained to fill in the middle: DeepSeek-Coder-V2
 * 236B and general chat models share the vocabulary of a sibling that was.
 */
export const FIM_FORMATS: readonly FimFormat[] = [
  {
    // V1 and V2 share the texts, not the ids. The bars are U+FF5C and the low lines U+2581, not ASCII. The paper
    // prints "fim_begin" with an underscore; the tokenizer files and READMEs do not.
    name: 'deepseek-coder',
    order: 'PSM',
    layout: [
      { special: '<｜fim▁begin｜>' },
      'prefix',
      { special: '<｜fim▁hole｜>' },
      'suffix',
      { special: '<｜fim▁end｜>' },
    ],
    // V1's instruct files name <|EOT|> as EOS, while the middle still ends with the base model's end of sentence.
    stop: ['<｜end▁of▁sentence｜>', '<|EOT|>', '<｜fim▁begin｜>', '<｜fim▁hole｜>', '<｜fim▁end｜>'],
    repository: {
      file: [{ literal: '#' }, 'path', { literal: '\n' }, 'content', { literal: '\n' }],
      currentFile: [
        { special: '<｜fim▁begin｜>' },
        { literal: '#' },
        'path',
        { literal: '\n' },
        'prefix',
        { special: '<｜fim▁hole｜>' },
        'suffix',
        { special: '<｜fim▁end｜>' },
      ],
      // A switch: which of the two is better is for the evaluation to say.
      place: 'behind first marker',
      source: 'maker',
      sourceNote:
        'deepseek-ai/DeepSeek-Coder README.md, "Repository Level Code Completion": files headed by a path comment, no ' +
        'special tokens, no hole. Neither README joins it with filling in; where the marker goes is our choice.',
    },
    recognisedBy: { architecture: /^deepseek/, tokens: [], modelName: /deepseek/i },
    source: 'maker',
    sourceNote: 'deepseek-ai/DeepSeek-Coder and deepseek-ai/DeepSeek-Coder-V2, README.md, "Code Insertion"',
  },
  {
    // The markers are DeepSeek's, so that llama.cpp finds them, and a file is headed like theirs. The order is our own.
    name: 'deepwell-starter',
    order: 'SPM',
    layout: [
      { special: '<｜fim▁hole｜>' },
      'suffix',
      { special: '<｜fim▁end｜>' },
      { special: '<｜fim▁begin｜>' },
      'prefix',
    ],
    stop: ['<｜fim▁begin｜>', '<｜fim▁hole｜>', '<｜fim▁end｜>'],
    repository: {
      file: [{ literal: '#' }, 'path', { literal: '\n' }, 'content', { literal: '\n' }],
      currentFile: [
        { special: '<｜fim▁hole｜>' },
        'suffix',
        { special: '<｜fim▁end｜>' },
        { special: '<｜fim▁begin｜>' },
        { literal: '#' },
        'path',
        { literal: '\n' },
        'prefix',
      ],
      place: 'first',
      source: 'maker',
      sourceNote: 'media/models/training/samples.py',
    },
    recognisedBy: { architecture: /^deepseek/, tokens: [], modelName: /^Deepwell Starter/ },
    source: 'maker',
    sourceNote: 'media/models/training/samples.py',
  },
  {
    name: 'qwen-coder',
    order: 'PSM',
    layout: QWEN_STYLE,
    stop: [
      '<|endoftext|>',
      '<|im_end|>',
      '<|fim_prefix|>',
      '<|fim_middle|>',
      '<|fim_suffix|>',
      '<|fim_pad|>',
      '<|repo_name|>',
      '<|file_sep|>',
    ],
    repository: {
      header: [{ special: '<|repo_name|>' }, 'repository', { literal: '\n' }],
      file: [{ special: '<|file_sep|>' }, 'path', { literal: '\n' }, 'content', { literal: '\n' }],
      currentFile: [{ special: '<|file_sep|>' }, 'path', { literal: '\n' }, ...QWEN_STYLE],
      place: 'first',
      source: 'maker',
      sourceNote: 'QwenLM/Qwen2.5-Coder examples/Qwen2.5-Coder-repolevel-fim.py',
    },
    recognisedBy: {
      architecture: /^qwen/,
      tokens: ['<|repo_name|>', '<|file_sep|>'],
      modelName: /qwen/i,
    },
    source: 'maker',
    sourceNote: 'QwenLM/Qwen2.5-Coder README.md and examples/Qwen2.5-Coder-fim.py',
  },
  {
    // No repository row: the card says that <|file_separator|> parts files, and not where their paths go.
    name: 'codegemma',
    order: 'PSM',
    layout: QWEN_STYLE,
    stop: ['<|fim_prefix|>', '<|fim_suffix|>', '<|fim_middle|>', '<|file_separator|>'],
    recognisedBy: { architecture: /^gemma/, tokens: ['<|file_separator|>'], modelName: /gemma/i },
    source: 'maker',
    sourceNote: 'ai.google.dev/gemma/docs/codegemma/prompt-structure and the google/codegemma-7b card',
  },
  {
    // IBM's examples put the prompt into a chat turn; the bare form is what other completion tools send.
    name: 'granite',
    order: 'PSM',
    layout: QWEN_STYLE,
    stop: [
      '<|end_of_text|>',
      '<|start_of_role|>',
      '<|fim_prefix|>',
      '<|fim_suffix|>',
      '<|fim_middle|>',
      '<|fim_pad|>',
      '<|filename|>',
      '<|reponame|>',
    ],
    recognisedBy: {
      architecture: /^granite/,
      tokens: ['<|start_of_role|>', '<|end_of_role|>'],
      modelName: /granite/i,
    },
    source: 'maker',
    sourceNote:
      'ibm-granite/granite-4.0-language-models README.md, "Fill-in-the-middle (FIM) Code Completion"',
  },
  {
    // In the repository form the path stands inside the prefix, and the separator does not end its line.
    name: 'starcoder2',
    order: 'PSM',
    layout: STARCODER_STYLE,
    stop: [
      '<|endoftext|>',
      '<file_sep>',
      '<repo_name>',
      '<fim_prefix>',
      '<fim_suffix>',
      '<fim_middle>',
      '<fim_pad>',
    ],
    repository: {
      header: [{ special: '<repo_name>' }, 'repository'],
      file: [{ special: '<file_sep>' }, 'path', { literal: '\n' }, 'content'],
      currentFile: [
        { special: '<file_sep>' },
        { special: '<fim_prefix>' },
        'path',
        { literal: '\n' },
        'prefix',
        { special: '<fim_suffix>' },
        'suffix',
        { special: '<fim_middle>' },
      ],
      place: 'first',
      source: 'maker',
      sourceNote: 'arXiv 2402.19173, section 5.1',
    },
    recognisedBy: {
      architecture: /^starcoder2$/,
      tokens: ['<repo_name>', '<file_sep>'],
      modelName: /starcoder-?2/i,
    },
    source: 'maker',
    sourceNote: 'arXiv 2402.19173, section 5.1 and table 5',
  },
  {
    // StarCoder 1, Refact, Granite Code, Stable Code.
    name: 'starcoder',
    order: 'PSM',
    layout: STARCODER_STYLE,
    stop: [
      '<|endoftext|>',
      '<filename>',
      '<reponame>',
      '<file_sep>',
      '<fim_prefix>',
      '<fim_suffix>',
      '<fim_middle>',
      '<fim_pad>',
    ],
    recognisedBy: {
      architecture: /^(starcoder|refact|stablelm|granite.*)$/,
      tokens: ['<filename>'],
      modelName: /starcoder|refact|granite|stable-?code/i,
    },
    source: 'third-party',
    sourceNote: 'llama.cpp src/llama-vocab.cpp and its starcoder and refact vocabularies; Continue templates',
  },
  {
    // SPM only, so a StarCoder prompt is wrong for it although the markers are the same.
    name: 'mellum',
    order: 'SPM',
    layout: MELLUM,
    namedLayout: MELLUM_NAMED,
    stop: [
      '<|endoftext|>',
      '<filename>',
      '<reponame>',
      '<fim_prefix>',
      '<fim_suffix>',
      '<fim_middle>',
      '<fim_pad>',
    ],
    repository: {
      file: [{ special: '<filename>' }, 'path', { literal: '\n' }, 'content', { literal: '\n' }],
      currentFile: MELLUM_NAMED,
      place: 'first',
      source: 'third-party',
      sourceNote: "g0t4/ask-openai.nvim, which quotes the JetBrains/Mellum-4b-base card's commits",
    },
    recognisedBy: { architecture: /^mellum/, tokens: ['<filename>'], modelName: /mellum/i },
    source: 'third-party',
    sourceNote:
      "g0t4/ask-openai.nvim, which quotes the JetBrains/Mellum-4b-base card's commits; the order is the maker's " +
      '(arXiv 2510.05788), and so is <filename> as a stop (ollama.com/JetBrains)',
  },
  {
    // The reference comment shows spaces around the markers: they are the markers' own first character (U+2581) and
    // the space SentencePiece puts before the prefix. A literal space would be one token too many.
    name: 'codellama',
    order: 'PSM',
    layout: [{ special: '▁<PRE>' }, 'prefix', { special: '▁<SUF>' }, 'suffix', { special: '▁<MID>' }],
    stop: ['▁<EOT>', '▁<PRE>', '▁<SUF>', '▁<MID>'],
    leadingSpace: 'prefix',
    recognisedBy: { tokens: ['▁<EOT>'], modelName: /code-?llama/i },
    source: 'maker',
    sourceNote: 'meta-llama/codellama llama/generation.py, infilling_prompt_tokens',
  },
  {
    // No marker for the middle: it goes on where the prefix ends.
    name: 'codestral',
    order: 'SPM',
    layout: [{ special: '[SUFFIX]' }, 'suffix', { special: '[PREFIX]' }, 'prefix'],
    stop: ['[SUFFIX]', '[PREFIX]', '[MIDDLE]'],
    leadingSpace: 'prefix',
    repository: {
      file: [{ literal: '+++++ ' }, 'path', { literal: '\n' }, 'content', { literal: '\n' }],
      currentFile: [
        { special: '[SUFFIX]' },
        'suffix',
        { special: '[PREFIX]' },
        { literal: '+++++ ' },
        'path',
        { literal: '\n' },
        'prefix',
      ],
      place: 'first',
      source: 'third-party',
      sourceNote: 'Continue templates',
    },
    recognisedBy: { tokens: [], modelName: /codestral/i },
    source: 'maker',
    sourceNote: 'mistralai/mistral-common encode_fim and its test; mistralai/cookbook chat_templates.md',
  },
  {
    name: 'seed-coder',
    order: 'SPM',
    layout: [
      { special: '<[fim-suffix]>' },
      'suffix',
      { special: '<[fim-prefix]>' },
      'prefix',
      { special: '<[fim-middle]>' },
    ],
    stop: ['<[fim-suffix]>', '<[fim-prefix]>', '<[fim-middle]>'],
    recognisedBy: { tokens: [], modelName: /seed-?coder/i },
    source: 'maker',
    sourceNote: 'Seed-Coder report, section 2.2.6 (Continue has PSM, against the report)',
  },
];
