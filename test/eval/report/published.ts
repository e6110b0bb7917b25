/** A figure that a model's makers published, in percent. */
export interface Published {
  readonly model: string;
  readonly percent: number;
}

/**
 * By suite and group. All from "DeepSeek-Coder-V2: Breaking the Barrier of Closed-Source Models in Code Intelligence"
 * (arXiv 2406.11931): the table of filling in, base models, and of HumanEval, chat models. None for the other
 * languages: the paper's are MultiPL-E's translations, ours HumanEval-X.
 */
const PUBLISHED: Readonly<
  Record</* suite */ string, Readonly<Record</* group */ string, readonly Published[]>>>
> = {
  'fim-lines': {
    python: fim(80.0, 74.1, 79.8),
    java: fim(89.1, 85.1, 89.6),
    javascript: fim(87.2, 82.9, 86.3),
  },
  'humaneval-instruct': {
    python: [
      { model: 'DeepSeek-Coder-V2-Lite', percent: 81.1 },
      { model: 'DeepSeek-Coder-V2', percent: 90.2 },
      { model: 'DeepSeek-Coder-33B', percent: 79.3 },
    ],
  },
};

export function publishedFor(suite: string, group: string): readonly Published[] {
  return PUBLISHED[suite]?.[group] ?? [];
}

function fim(v2Lite: number, v1Small: number, v1: number): Published[] {
  return [
    { model: 'DeepSeek-Coder-V2-Lite', percent: v2Lite },
    { model: 'DeepSeek-Coder-1B', percent: v1Small },
    { model: 'DeepSeek-Coder-7B', percent: v1 },
  ];
}
