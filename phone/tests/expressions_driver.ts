/** Judges the conditions that come in on standard input, one JSON `{"text", "answers", "own", "today"}` a line. */
import { createInterface } from "node:readline";
import { ExpressionFault, holds } from "../src/expressions/expressions";

createInterface({ input: process.stdin }).on("line", (line) => {
  const { text, answers, own, today } = JSON.parse(line);
  try {
    console.log(JSON.stringify(holds(text, { answers: new Map(Object.entries(answers)), own, today })));
  } catch (fault) {
    if (!(fault instanceof ExpressionFault)) throw fault;
    console.log('"refused"');
  }
});
