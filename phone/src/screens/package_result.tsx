/** The three criteria of a lot as they stand: errors T1 and T2, and the mean against what it must reach. */
import "../look/measuring.css";
import type { PackageJudgement } from "../measurement/judging";
import { judgedIn } from "../measurement/units";
import { writeDecimal } from "../words/figures";
import { say, sayNamed } from "../words/index";

export function PackageResult({ judged, unit }: { judged: PackageJudgement; unit: string }) {
  if (!judged.plan) return null;
  const allowed = judged.plan.allowed ?? 0;
  const cells = [
    {
      name: say("package.t1"),
      value: String(judged.t1 ?? 0),
      note: say("package.allowed", { allowed }),
      bad: judged.count_test === false,
    },
    {
      name: say("package.t2"),
      value: String(judged.t2 ?? 0),
      note: say("package.none_allowed"),
      bad: judged.t2_test === false,
    },
    {
      name: say("package.mean"),
      value: judged.mean ? `${writeDecimal(judged.mean)} ${sayNamed("measuring.unit", judgedIn(unit))}` : "–",
      note: judged.mean_limit ? say("package.must_reach", { limit: writeDecimal(judged.mean_limit) }) : "",
      bad: judged.mean_test === false,
    },
  ];
  return (
    <dl class="criteria">
      {cells.map(({ name, value, note, bad }) => (
        <div key={name} class={bad ? "bad" : ""}>
          <dt>{name}</dt>
          <dd>
            <strong>{value}</strong>
            <small>{note}</small>
          </dd>
        </div>
      ))}
    </dl>
  );
}
