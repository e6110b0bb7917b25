import assert from 'node:assert/strict';
import { nullLog } from '../../../src/base/log.ts';
import { GRAMMARS, grammarOf } from '../../../src/index/syntax/grammars.ts';
import { Outliner } from '../../../src/index/syntax/outliner.ts';
import { SyntaxOutliner } from '../../../src/index/syntax/syntaxOutline.ts';

const syntax = new SyntaxOutliner();
const outliner = new Outliner(syntax, nullLog);

/** `kind name first-last: signature` for each symbol, and the imports. */
async function picture(path: string, lines: readonly string[]): Promise<[string[], readonly string[]]> {
  const { symbols, imports } = await outliner.outline(path, `${lines.join('\n')}\n`);
  return [
    symbols.map(
      ({ kind, name, firstLine, lastLine, signature }) =>
        `${kind} ${name} ${firstLine}-${lastLine}: ${signature}`,
    ),
    imports,
  ];
}

describe('outlines', () => {
  for (const grammar of GRAMMARS) {
    it(`the patterns for ${grammar} fit its grammar`, async () => {
      assert.deepEqual(await syntax.outline(grammar, ''), { symbols: [], imports: [] });
    });
  }

  it('of TypeScript', async () => {
    const [symbols, imports] = await picture('a.ts', [
      "import { a, type B } from './a.ts';",
      "export * from '../b';",
      "const lazy = await import('./lazy');",
      'export abstract class Shape<T> extends Base {',
      '  constructor(private readonly _size: number) {}',
      '  area(scale: number): number {',
      '    const local = 1;',
      '    return local;',
      '  }',
      '  abstract name(): string;',
      '  handle = (event: Event): void => {};',
      '}',
      'export interface Point {',
      '  x: number;',
      '}',
      "export type Kind = 'a' | 'b';",
      'enum Color { Red }',
      'export const add = (a: number, b: number): number => a + b;',
      'export async function load(path: string): Promise<void> {}',
      'const LIMIT = 5;',
    ]);
    assert.deepEqual(symbols, [
      "variable lazy 2-2: const lazy = await import('./lazy');",
      'class Shape 3-11: export abstract class Shape<T> extends Base',
      'method constructor 4-4: constructor(private readonly _size: number)',
      'method area 5-8: area(scale: number): number',
      'method name 9-9: abstract name(): string',
      'method handle 10-10: handle = (event: Event): void =>',
      'interface Point 12-14: export interface Point {\n  x: number;\n}',
      "type Kind 15-15: export type Kind = 'a' | 'b';",
      'enum Color 16-16: enum Color { Red }',
      'function add 17-17: export const add = (a: number, b: number): number =>',
      'function load 18-18: export async function load(path: string): Promise<void>',
      'variable LIMIT 19-19: const LIMIT = 5;',
    ]);
    assert.deepEqual(imports, ['./a.ts', '../b', './lazy']);
  });

  it('of JavaScript', async () => {
    const [symbols, imports] = await picture('a.mjs', [
      "const a = require('./a');",
      'export default class Car { drive(km) {} }',
      'function* count() {}',
      'module.exports = { count };',
    ]);
    assert.deepEqual(symbols, [
      "variable a 0-0: const a = require('./a');",
      'class Car 1-1: export default class Car',
      'method drive 1-1: drive(km)',
      'function count 2-2: function* count()',
    ]);
    assert.deepEqual(imports, ['./a']);
  });

  it('of Python', async () => {
    const [symbols, imports] = await picture('a.py', [
      'import os.path, numpy as np',
      'from . import sibling',
      'from ..base.shape import (Shape,',
      '    Point as P)  # both',
      'from x import *',
      'class Circle(Shape):',
      '    """Round."""',
      '    @property',
      '    def area(self) -> float:',
      '        return 3',
      'async def load(path: str) -> None:',
      '    pass',
      'LIMIT = 5',
    ]);
    assert.deepEqual(symbols, [
      'class Circle 5-9: class Circle(Shape)',
      'method area 8-9: def area(self) -> float',
      'function load 10-11: async def load(path: str) -> None',
      'variable LIMIT 12-12: LIMIT = 5',
    ]);
    const expected = [
      'os.path',
      'numpy',
      '.sibling',
      '.',
      '..base.shape.Shape',
      '..base.shape.Point',
      '..base.shape',
      'x',
    ];
    assert.deepEqual(imports, expected);
  });

  it('of Go', async () => {
    const [symbols, imports] = await picture('a.go', [
      'package main',
      'import (\n\t"fmt"\n\tx "example.com/app/shape"\n)',
      'type Circle struct {\n\tR int\n}',
      'type Shape interface { Area() int }',
      'type ID int',
      'func (c *Circle) Area() int { return 1 }',
      'func Load(path string) error { return nil }',
      'const Limit = 5',
    ]);
    assert.deepEqual(symbols, [
      'class Circle 5-7: type Circle struct {\n\tR int\n}',
      'interface Shape 8-8: type Shape interface { Area() int }',
      'type ID 9-9: type ID int',
      'method Area 10-10: func (c *Circle) Area() int',
      'function Load 11-11: func Load(path string) error',
      'variable Limit 12-12: const Limit = 5',
    ]);
    assert.deepEqual(imports, ['fmt', 'example.com/app/shape']);
  });

  it('of Rust', async () => {
    const [symbols, imports] = await picture('a.rs', [
      'use crate::shape::{Point, Circle};',
      'mod paths;',
      'pub struct Square { side: i32 }',
      'impl Shape for Square {\n    fn area(&self) -> i32 { 1 }\n}',
      'pub trait Shape { fn area(&self) -> i32; }',
      'pub fn load(path: &str) {}',
    ]);
    assert.deepEqual(symbols, [
      'class Square 2-2: pub struct Square { side: i32 }',
      'method area 4-4: fn area(&self) -> i32',
      'interface Shape 6-6: pub trait Shape { fn area(&self) -> i32; }',
      'method area 6-6: fn area(&self) -> i32;',
      'function load 7-7: pub fn load(path: &str)',
    ]);
    assert.deepEqual(imports, ['crate::shape', 'paths']);
  });

  it('of Java', async () => {
    const [symbols, imports] = await picture('A.java', [
      'import com.example.Shape;',
      'public class Circle extends Shape {',
      '  public Circle(int r) {}',
      '  public int area() throws E { return 1; }',
      '}',
      'interface Named { String name(); }',
    ]);
    assert.deepEqual(symbols, [
      'class Circle 1-4: public class Circle extends Shape',
      'method Circle 2-2: public Circle(int r)',
      'method area 3-3: public int area() throws E',
      'interface Named 5-5: interface Named { String name(); }',
      'method name 5-5: String name();',
    ]);
    assert.deepEqual(imports, ['com.example.Shape']);
  });

  const others: readonly [path: string, lines: string[], names: string[], imports: string[]][] = [
    [
      'a.cpp',
      [
        '#include "shape.h"',
        'int load(int a) { return a; }',
        'void Circle::grow(int by) {}',
        'struct Point { int x; };',
      ],
      ['function load', 'function grow', 'class Point'],
      ['shape.h'],
    ],
    [
      'A.cs',
      ['using App;', 'class Circle : Shape { public int Area() { return 1; } }'],
      ['class Circle', 'method Area'],
      [],
    ],
    [
      'a.rb',
      ["require_relative 'shape'", 'class Circle < Shape', '  def area', '    1', '  end', 'end'],
      ['class Circle', 'method area'],
      ['shape'],
    ],
    [
      'a.php',
      ['<?php', 'use App\\Shape;', 'class Circle extends Shape { function area(): int { return 1; } }'],
      ['class Circle', 'method area'],
      ['App\\Shape'],
    ],
  ];
  for (const [path, lines, names, imports] of others) {
    it(`of ${path}`, async () => {
      const outline = await outliner.outline(path, lines.join('\n'));
      assert.deepEqual(
        outline.symbols.map(({ kind, name }) => `${kind} ${name}`),
        names,
      );
      assert.deepEqual(outline.imports, imports);
    });
  }

  it('of a language without a grammar: by its lines and their indentation', async () => {
    assert.equal(grammarOf('kt'), undefined);
    const [symbols, imports] = await picture('a.kt', [
      'import com.example.Shape',
      'class Circle(val r: Int) : Shape {',
      '    override fun area(): Int {',
      '        return 1',
      '    }',
      '}',
      'val x = 1',
    ]);
    assert.deepEqual(symbols, [
      'class Circle 1-5: class Circle(val r: Int) : Shape',
      'function area 2-4: override fun area(): Int',
    ]);
    assert.deepEqual(imports, ['com.example.Shape']);
  });

  it('of prose and data: none', async () => {
    assert.deepEqual(await picture('a.md', ['class struggle is a type of function', 'import duties']), [
      [],
      [],
    ]);
  });

  it('are bounded, whatever the file', async () => {
    const { symbols } = await outliner.outline('a.ts', 'function f() {}\n'.repeat(5_000));
    assert.equal(symbols.length, 2_000);
    const long = await outliner.outline('a.ts', `interface A {\n${'  x: number;\n'.repeat(500)}}`);
    assert.ok((long.symbols[0]?.signature.length ?? 0) <= 600);
  });
});
