/** Judges the checks that come in on standard input, one JSON `{"kind", "fields", "day"}` a line, for the server's tests. */
import { createInterface } from "node:readline";
import { instrumentJudgement, packageJudgement } from "../src/measurement/judging";

const judgements = { package_check: packageJudgement, instrument_check: instrumentJudgement };

createInterface({ input: process.stdin }).on("line", (line) => {
  const { kind, fields, day } = JSON.parse(line);
  console.log(JSON.stringify(judgements[kind as keyof typeof judgements](fields, day)));
});
