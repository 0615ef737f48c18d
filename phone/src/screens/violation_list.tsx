/** The violations of a visit, each with its act, its standing and what was decided. */
import { ForwardIcon } from "../parts/icons";
import { useShown } from "../parts/live";
import { Empty, StandingMark, Tag } from "../parts/pieces";
import { to } from "../parts/route";
import { reader } from "../phone";
import { text } from "../records/reader";
import { actName, catalogueOn, FREE_CODE } from "../records/violations";
import type { VisitFile } from "../records/visits";
import { writeDong } from "../words/figures";
import { say, sayNamed } from "../words/index";

const SEVERITY_TONE: Record<string, "warn" | "bad" | "calm"> = {
  minor: "calm",
  serious: "warn",
  critical: "bad",
};

export function ViolationList({ file }: { file: VisitFile }) {
  const day = text(file.visit, "visited_on");
  const catalogue = useShown(`catalogue:${day}`, () => catalogueOn(reader.value, day));
  if (file.violations.length === 0) return <Empty>{say("violation.none")}</Empty>;
  return (
    <ul class="list">
      {file.violations.map((violation) => {
        const code = text(violation, "code");
        const known = catalogue?.get(code);
        const severity = text(violation, "severity");
        const sanction = text(violation, "sanction");
        const amount = violation.fields.amount;
        return (
          <li key={violation.record}>
            <a class="row" href={to("visit", file.visit.record, "violation", violation.record)}>
              <span class="grow">
                <strong>
                  {known ? actName(known) : text(violation, "description") || say("violation.free")}
                </strong>
                {known && text(violation, "description") && (
                  <span class="faint">{text(violation, "description")}</span>
                )}
                <span class="marks">
                  <Tag tone="calm">{code === FREE_CODE ? say("violation.free") : code}</Tag>
                  {severity && (
                    <Tag tone={SEVERITY_TONE[severity] ?? "calm"}>
                      {sayNamed("violation.severity", severity)}
                    </Tag>
                  )}
                  {sanction && (
                    <Tag tone="warn">
                      {sayNamed("violation.sanction", sanction)}
                      {typeof amount === "number" ? ` ${writeDong(amount)}` : ""}
                    </Tag>
                  )}
                  {violation.fields.corrected === true && <Tag tone="good">{say("violation.corrected")}</Tag>}
                  <StandingMark standing={violation.standing} />
                </span>
              </span>
              <ForwardIcon />
            </a>
          </li>
        );
      })}
    </ul>
  );
}
