import { ask } from './ask.ts';
import { goSource } from './goSource.ts';
import type { Runtime } from './runtime.ts';

export async function findGo(): Promise<Runtime> {
  const root = await ask('go', 'env', 'GOROOT');
  const go = `${root}/bin/go`;
  return {
    version: await ask(go, 'version'),
    job: (program, mark) => ({
      files: {
        'go.mod': 'module deepwell\n',
        'assert/assert.go': ASSERT,
        'program_test.go': goSource(program, mark),
      },
      steps: [
        [go, 'test', '-vet=off', '-c', '-o', 'program', '.'],
        ['./program', '-test.v=false'],
      ],
      shown: [root],
      environment: {
        GOROOT: root,
        GOCACHE: '/job/.cache',
        GOFLAGS: '-mod=mod',
        GOPROXY: 'off',
        CGO_ENABLED: '0',
      },
    }),
  };
}

/**
 * Of testify, which HumanEval-X tests with, they use `New` and `Equal` alone. Fetching and compiling the whole of it for
 * each sample would need a network and most of the time limit.
 */
const ASSERT = `package assert

import (
	"reflect"
	"testing"
)

type Assertions struct{ t *testing.T }

func New(t *testing.T) *Assertions { return &Assertions{t} }

func (a *Assertions) Equal(expected, actual interface{}, message ...interface{}) bool {
	a.t.Helper()
	if reflect.DeepEqual(expected, actual) {
		return true
	}
	a.t.Errorf("expected %#v, got %#v %v", expected, actual, message)
	return false
}
`;
