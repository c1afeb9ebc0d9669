/**
 * Puts a counter into every branch of a compiled module, so that the fuzzer sees which ways an input took. Counting in the
 * code itself costs a few nanoseconds a branch; V8's own precise coverage takes a millisecond for each look.
 */
import ts from 'typescript';
import { COUNTERS_SYMBOL } from './counters-symbol.ts';

const SHORT_CIRCUITS: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.AmpersandAmpersandToken,
  ts.SyntaxKind.BarBarToken,
  ts.SyntaxKind.QuestionQuestionToken,
  ts.SyntaxKind.AmpersandAmpersandEqualsToken,
  ts.SyntaxKind.BarBarEqualsToken,
  ts.SyntaxKind.QuestionQuestionEqualsToken,
]);

/** The module with its counters. `source` is JavaScript. */
export function insertCounters(source: string): string {
  const file = ts.createSourceFile(
    'module.js',
    source,
    ts.ScriptTarget.ES2023,
    true,
    ts.ScriptKind.JS,
  );
  let count = 0;
  const hit = (): string => `__hits[${count++}]++`;
  const render = (node: ts.Node): string => {
    let text = '';
    let at = node.pos;
    ts.forEachChild(node, (child) => {
      text += source.slice(at, child.pos) + counted(child, render(child), hit);
      at = child.end;
    });
    return text + source.slice(at, node.end);
  };
  const body = render(file);
  return `const __hits = globalThis[Symbol.for('${COUNTERS_SYMBOL}')](${count});${body}`;
}

/** The text of a node with what its place calls for around it. */
function counted(node: ts.Node, text: string, hit: () => string): string {
  if (ts.isBlock(node)) {
    const brace = node.getStart() - node.pos + 1;
    return `${text.slice(0, brace)}${hit()};${text.slice(brace)}`;
  }
  if (isBranchExpression(node)) return `(${hit()},${text})`;
  const whole =
    ts.isIfStatement(node) && node.elseStatement === undefined ? `${text} else {${hit()};}` : text;
  if (isBranchStatement(node)) return `{${hit()};${whole}}`;
  return isFirstOfClause(node) ? `${hit()};${whole}` : whole;
}

function isBranchExpression(node: ts.Node): boolean {
  const { parent } = node;
  if (ts.isArrowFunction(parent)) return parent.body === node;
  if (ts.isConditionalExpression(parent)) {
    return parent.whenTrue === node || parent.whenFalse === node;
  }
  return (
    ts.isBinaryExpression(parent) &&
    parent.right === node &&
    SHORT_CIRCUITS.has(parent.operatorToken.kind)
  );
}

/** A statement without braces that runs or not. */
function isBranchStatement(node: ts.Node): boolean {
  const { parent } = node;
  if (ts.isIfStatement(parent)) {
    return parent.thenStatement === node || parent.elseStatement === node;
  }
  return ts.isIterationStatement(parent, false) && parent.statement === node;
}

function isFirstOfClause(node: ts.Node): boolean {
  return ts.isCaseOrDefaultClause(node.parent) && node.parent.statements[0] === node;
}
