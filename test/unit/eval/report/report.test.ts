import assert from 'node:assert/strict';
import { chart } from '../../../eval/report/chart.ts';
import { markdown } from '../../../eval/report/markdown.ts';
import { suiteFigures } from '../../../eval/report/suiteFigures.ts';
import type { Sample, Speed } from '../../../eval/run/sample.ts';
import type { Suite, Task } from '../../../eval/run/task.ts';

const SUITE: Suite = { name: 'fim-lines', metric: 'exact match', tasks: async () => [] };

const FIGURES = suiteFigures({
  suite: SUITE,
  tasks: [task('a', 'java'), task('b', 'java'), task('c', 'java'), task('d', 'go'), task('e', 'java')],
  samples: [sample('a', 'enough'), sample('b', 'length'), sample('c', 'prompt too long')],
  speeds: [speed('a', 11), speed('b', 1)],
  verdicts: [
    { id: 'a', passed: true, why: '' },
    { id: 'c', passed: false, why: 'prompt too long' },
  ],
});

const RUN = {
  model: {
    name: 'A|<b>',
    file: 'a.gguf',
    sizeBytes: 10,
    sha256: 'ff',
    quantization: 'Q4_1',
    architecture: 'llama',
  },
  engine: 'node-llama-cpp 1, llama.cpp b1',
  contextTokens: 2048,
  threads: 1,
  seed: 1,
  processor: 'cpu',
};

describe('figures of a suite', () => {
  it('are by group, of what was judged', () => {
    const [java, ...more] = FIGURES;
    assert.deepEqual(more, []);
    assert.deepEqual(
      [java?.group, java?.tasks, java?.samples, java?.judged, java?.tooLong, java?.cutOff],
      ['java', 4, 3, 2, 1, 1],
    );
    assert.equal(java?.score.mean, 0.5);
    assert.equal(java?.tokensPerSecond, 20);
    assert.deepEqual(java?.published[0], { model: 'DeepSeek-Coder-V2-Lite', percent: 89.1 });
  });

  it('are a table beside the published ones', () => {
    assert.equal(
      markdown([{ run: RUN, suites: FIGURES }]),
      `| model | suite | language | samples | score, % [95 %] | published, % | tokens/s |
| --- | --- | --- | --- | --- | --- | --- |
| A\\|<b> | fim-lines (exact match) | java | 3 of 4, 1 not judged, 1 too long to ask, 1 cut off | 50.0 [0.0, 100.0] | DeepSeek-Coder-V2-Lite 89.1, DeepSeek-Coder-1B 85.1, DeepSeek-Coder-7B 89.6 | 20.0 |

- A|<b>: \`a.gguf\`, Q4_1, llama, 10 bytes, SHA-256 \`ff\`; node-llama-cpp 1, llama.cpp b1; context 2048, 1 thread(s), cpu; seed 1.
`,
    );
  });

  it('are bars, the published ones beside them', () => {
    const svg = chart([{ run: RUN, suites: FIGURES }]);
    assert.deepEqual([...svg.matchAll(/<text.*?>(.*)<\/text>/g)].map(([, text]) => text).slice(0, 4), [
      'A|&lt;b&gt;: fim-lines, java',
      '50.0 %',
      'DeepSeek-Coder-V2-Lite: fim-lines, java',
      '89.1 %',
    ]);
  });
});

function task(id: string, group: string): Task {
  return {
    id,
    group,
    cluster: id,
    prompt: () => ({ pieces: [], heal: '' }),
    maxTokens: 1,
    cut: (text) => ({ text, complete: false }),
    judge: { kind: 'exact', matches: () => true },
  };
}

function sample(id: string, finish: Sample['finish']): Sample {
  return { id, text: '', finish };
}

function speed(id: string, generatedTokens: number): Speed {
  return { id, generatedTokens, firstTokenMs: 100, totalMs: 600 };
}
