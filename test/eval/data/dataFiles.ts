/** A published file of problems, as it was when the suites were written. */
export interface DataFile {
  readonly name: string;
  readonly url: string;
  readonly sizeBytes: number;
  readonly sha256: string;
}

const HUMAN_EVAL = 'https://github.com/openai/human-eval/raw/master/data';
const INFILLING = 'https://github.com/openai/human-eval-infilling/raw/master/data';
const CODEGEEX = 'https://github.com/THUDM/CodeGeeX/raw/main/codegeex/benchmark/humaneval-x';

/** MIT (OpenAI) and Apache-2.0 (CodeGeeX). Checked by size and hash wherever they come from. */
export const DATA_FILES = {
  humanEval: {
    name: 'HumanEval.jsonl.gz',
    url: `${HUMAN_EVAL}/HumanEval.jsonl.gz`,
    sizeBytes: 44_877,
    sha256: 'b796127e635a67f93fb35c04f4cb03cf06f38c8072ee7cee8833d7bee06979ef',
  },
  singleLine: {
    name: 'HumanEval-SingleLineInfilling.jsonl.gz',
    url: `${INFILLING}/HumanEval-SingleLineInfilling.jsonl.gz`,
    sizeBytes: 75_058,
    sha256: '1277073e7ddce163ef68598c2bca777f688a53df99422f097e37362090f88e1f',
  },
  multiLine: {
    name: 'HumanEval-MultiLineInfilling.jsonl.gz',
    url: `${INFILLING}/HumanEval-MultiLineInfilling.jsonl.gz`,
    sizeBytes: 170_082,
    sha256: '2f341612eee1d35da1357a4f365e0c0b3ba6e2b62eb491e88aaefa4855af0349',
  },
  randomSpan: {
    name: 'HumanEval-RandomSpanInfillingLight.jsonl.gz',
    url: `${INFILLING}/HumanEval-RandomSpanInfillingLight.jsonl.gz`,
    sizeBytes: 45_730,
    sha256: '1432250ecac0cb56e6f97f8faf0970419ef892a98fda7e1f5aa4c4b87209b760',
  },
  javascript: {
    name: 'HumanEval-X-js.jsonl.gz',
    url: `${CODEGEEX}/js/data/humaneval_js.jsonl.gz`,
    sizeBytes: 52_009,
    sha256: 'fe5d467f2c1a027b3f6f18d3729aca01f6458c1de2e2d1292a019c5aa9bed424',
  },
  java: {
    name: 'HumanEval-X-java.jsonl.gz',
    url: `${CODEGEEX}/java/data/humaneval_java.jsonl.gz`,
    sizeBytes: 55_950,
    sha256: '276f36db2eb7aeb864f36a19a2f4e1bb2460fb6e22ff100f0b5bedabe3799967',
  },
  cpp: {
    name: 'HumanEval-X-cpp.jsonl.gz',
    url: `${CODEGEEX}/cpp/data/humaneval_cpp.jsonl.gz`,
    sizeBytes: 50_995,
    sha256: 'dcf2e280a1e91bbc3c5f90edb41397e8a9ac1ccc9f5d2b70082f0b0fbfb6dbb0',
  },
  go: {
    name: 'HumanEval-X-go.jsonl.gz',
    url: `${CODEGEEX}/go/data/humaneval_go.jsonl.gz`,
    sizeBytes: 56_743,
    sha256: '09126ef64ac68f87296c5f3781186aedc5dec799b114d9df99d6de4a715a7830',
  },
} as const satisfies Readonly<Record<string, DataFile>>;
