/**
 * The conditions of a checklist (`relevant`, `constraint`): a small subset of XLSForm's expressions, as in the server's
 * `inspection/checklists/expressions.py`, which describes the grammar and the values. Nothing is ever handed to the
 * browser to run.
 */
export type Value = string | number | boolean;

interface Node {
  kind: string;
  value: string | number;
  parts: readonly Node[];
}

interface Token {
  kind: string;
  text: string;
}

const LONGEST = 2000;
const DEEPEST = 30;
const TOKEN =
  /[ \t\r\n]*(?:\$\{ *(?<reference>[A-Za-z_][A-Za-z0-9_.-]*) *\}|(?<number>-?[0-9]{1,15}(?:\.[0-9]{1,10})?(?![0-9.]))|(?<text>'[^']*'|"[^"]*")|(?<word>[a-z]+(?:-[a-z]+)*)(?![A-Za-z0-9_])|(?<sign>!=|<=|>=|[=<>().,]))/y;
const DECIMAL = /^-?[0-9]{1,15}(?:\.[0-9]{1,10})?$/;
const DAY = /^([0-9]{4})-([0-9]{2})-([0-9]{2})$/;
const COMPARISONS = ["=", "!=", "<", "<=", ">", ">="];
const A_DAY = 86_400_000;

export class ExpressionFault extends Error {}

const codePoints = (text: string): number => Array.from(text).length;

function tokensOf(source: string): Token[] {
  const text = source.replace(/[ \t\r\n]+$/, "");
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const found = TOKEN.exec(text);
    const entry = Object.entries(found?.groups ?? {}).find(([, value]) => value !== undefined);
    if (!entry) throw new ExpressionFault(text);
    tokens.push({ kind: entry[0], text: entry[1] });
  }
  return tokens;
}

class Parser {
  private at = 0;

  constructor(private readonly tokens: readonly Token[]) {}

  take(kind: string, ...texts: string[]): string | undefined {
    const token = this.tokens[this.at];
    if (token?.kind !== kind || (texts.length > 0 && !texts.includes(token.text))) return undefined;
    this.at += 1;
    return token.text;
  }

  must(kind: string, ...texts: string[]): string {
    const taken = this.take(kind, ...texts);
    if (taken === undefined) throw new ExpressionFault(this.tokens[this.at]?.text);
    return taken;
  }

  whole(): Node {
    const node = this.alternatives(0);
    if (this.at < this.tokens.length) throw new ExpressionFault(this.tokens[this.at]?.text);
    return node;
  }

  private alternatives(depth: number): Node {
    return this.chain("or", () => this.chain("and", () => this.comparison(depth)));
  }

  private chain(word: string, operand: () => Node): Node {
    const parts = [operand()];
    while (this.take("word", word)) parts.push(operand());
    return parts.length === 1 ? (parts[0] as Node) : { kind: word, value: "", parts };
  }

  private comparison(depth: number): Node {
    const left = this.operand(depth);
    const sign = this.take("sign", ...COMPARISONS);
    return sign === undefined ? left : { kind: sign, value: "", parts: [left, this.operand(depth)] };
  }

  private operand(depth: number): Node {
    if (depth >= DEEPEST) throw new ExpressionFault("…");
    if (this.take("sign", "(")) {
      const inside = this.alternatives(depth + 1);
      this.must("sign", ")");
      return inside;
    }
    const number = this.take("number");
    if (number !== undefined) return leaf("number", Number(number));
    const text = this.take("text");
    if (text !== undefined) return leaf("text", text.slice(1, -1));
    return this.answer() ?? this.call(depth);
  }

  private answer(): Node | undefined {
    if (this.take("sign", ".")) return leaf("self", ".");
    const name = this.take("reference");
    return name === undefined ? undefined : leaf("reference", name);
  }

  private mustAnswer(): Node {
    const answer = this.answer();
    if (!answer) throw new ExpressionFault(this.tokens[this.at]?.text);
    return answer;
  }

  private call(depth: number): Node {
    const kind = this.must("word", "true", "false", "today", "not", "selected", "string-length");
    this.must("sign", "(");
    const parts: Node[] = [];
    if (kind === "not") parts.push(this.alternatives(depth + 1));
    if (kind === "selected" || kind === "string-length") parts.push(this.mustAnswer());
    if (kind === "selected") {
      this.must("sign", ",");
      parts.push(leaf("text", this.must("text").slice(1, -1)));
    }
    this.must("sign", ")");
    return { kind, value: "", parts };
  }
}

const leaf = (kind: string, value: string | number): Node => ({ kind, value, parts: [] });

const known = new Map<string, Node>();

function parse(text: string): Node {
  const before = known.get(text);
  if (before) return before;
  if (codePoints(text) > LONGEST) throw new ExpressionFault("…");
  const node = new Parser(tokensOf(text)).whole();
  known.set(text, node);
  return node;
}

/** What an expression is judged on: answers by item and the own one, as texts; `today` is the day of the visit. */
export interface Circumstances {
  answers: ReadonlyMap<string, string>;
  own: string;
  today: string;
}

function valueOf(node: Node, given: Circumstances): Value {
  switch (node.kind) {
    case "number":
    case "text":
      return node.value;
    case "self":
      return given.own;
    case "reference":
      return given.answers.get(String(node.value)) ?? "";
    case "true":
    case "false":
      return node.kind === "true";
    case "today":
      return given.today;
    case "and":
      return node.parts.every((part) => truth(valueOf(part, given)));
    case "or":
      return node.parts.some((part) => truth(valueOf(part, given)));
  }
  const [left = "", right = ""] = node.parts.map((part) => valueOf(part, given));
  switch (node.kind) {
    case "not":
      return !truth(left);
    case "selected":
      return String(left).split(" ").includes(String(right));
    case "string-length":
      return codePoints(String(left));
    default:
      return compare(node.kind, left, right);
  }
}

function truth(value: Value): boolean {
  return typeof value === "number" ? value !== 0 && !Number.isNaN(value) : Boolean(value);
}

function equal(left: Value, right: Value): boolean {
  if (typeof left === "boolean" || typeof right === "boolean") return truth(left) === truth(right);
  if (typeof left === "number" || typeof right === "number") return numberOf(left) === numberOf(right);
  return left === right;
}

function compare(sign: string, left: Value, right: Value): boolean {
  if (sign === "=") return equal(left, right);
  if (sign === "!=") return !equal(left, right);
  const [first, second] = [numberOf(left), numberOf(right)];
  if (sign === "<") return first < second;
  if (sign === "<=") return first <= second;
  return sign === ">" ? first > second : first >= second;
}

function numberOf(value: Value): number {
  if (typeof value !== "string") return Number(value);
  if (DECIMAL.test(value)) return Number(value);
  const [, year, month, day] = (DAY.exec(value) ?? []).map(Number);
  if (year === undefined || month === undefined || day === undefined || year < 1) return NaN;
  const moment = new Date(0);
  moment.setUTCFullYear(year, month - 1, day);
  const same = moment.getUTCFullYear() === year && moment.getUTCMonth() === month - 1 && moment.getUTCDate() === day;
  return same ? moment.getTime() / A_DAY : NaN;
}

/** Whether the condition is met; throws an ExpressionFault when it is outside the subset. */
export function holds(text: string, given: Circumstances): boolean {
  return truth(valueOf(parse(text), given));
}
