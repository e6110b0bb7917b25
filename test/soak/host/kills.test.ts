import assert from 'node:assert/strict';
import { deepwell, revert } from '../../integration/support.ts';
import { median, quantile } from '../../support/measure/statistics.ts';
import { reportMark } from '../../vscode/hostReporter.ts';
import { type Kill, killWhileTyping } from './killWhileTyping.ts';
import type { MemorySample } from './memorySample.ts';

const kills = Number(process.env['DEEPWELL_KILLS']);
const seed = Number(process.env['DEEPWELL_SEED']);

/** Heaps breathe; what leaks by the kill grows without end. */
const GROWTH_ALLOWED = 1.3;

describe('an extension host whose engine is killed while a user types', () => {
  afterEach(revert);

  it('completes again after each kill, leaves no process and does not grow', async function () {
    this.timeout(0);
    const report = await killWhileTyping(await deepwell(), {
      kills,
      seed,
      onRecovery: ({ hit, recoveredMs }, count) => {
        print(`kill ${count} of ${kills}, ${hit}: answered again after ${Math.round(recoveredMs)} ms`);
      },
    });
    const { memory } = report;
    print(`${report.kills.length} kills, ${report.kills.length} recoveries, ${report.keys} keys typed`);
    for (const hit of ['loading', 'answering', 'resting'] as const) {
      printTimes(
        hit,
        report.kills.filter((kill) => kill.hit === hit),
      );
    }
    printTimes('all', report.kills);
    const marks = [0, Math.floor(memory.length / 2), memory.length - 1].map((index) => memory[index]);
    print(`start, middle, end: ${marks.map((sample) => sample && inWords(sample)).join('; ')}`);
    assert.equal(report.engines, 1);
    const third = Math.floor(memory.length / 3);
    assertSteady('heap', memory, third, ({ heapBytes }) => heapBytes);
    assertSteady('resources', memory, third, ({ resources }) => resources);
  });
});

function assertSteady(
  what: string,
  memory: readonly MemorySample[],
  third: number,
  value: (sample: MemorySample) => number,
): void {
  const first = median(memory.slice(0, third).map(value));
  const last = median(memory.slice(-third).map(value));
  assert.ok(last < first * GROWTH_ALLOWED, `${what}: ${first} in the first third, ${last} in the last`);
}

function printTimes(what: string, of: readonly Kill[]): void {
  if (of.length === 0) return;
  const times = of.map(({ recoveredMs }) => recoveredMs);
  const [p50, p95] = [quantile(times, 0.5), quantile(times, 0.95)].map(Math.round);
  print(`${what}: ${of.length} kills, from kill to answer p50 ${p50} ms, p95 ${p95} ms`);
}

function inWords({ heapBytes, rssBytes, resources }: MemorySample): string {
  const mb = (bytes: number) => (bytes / 2 ** 20).toFixed(1);
  return `heap ${mb(heapBytes)} MB, rss ${mb(rssBytes)} MB, ${resources} resources`;
}

function print(line: string): void {
  console.log(reportMark + line);
}
