/** What was measured and sampled on a visit, each with its verdict, and the ways to measure more. */
import "../look/measuring.css";
import { instrumentJudgement, packageJudgement } from "../measurement/judging";
import type { View } from "../outbox/overlay";
import { ButtonLink } from "../parts/buttons";
import { ForwardIcon } from "../parts/icons";
import { Section, StandingMark, Tag } from "../parts/pieces";
import { to } from "../parts/route";
import { instrumentName } from "../records/measurements";
import { text } from "../records/reader";
import type { VisitFile } from "../records/visits";
import { say, sayNamed } from "../words/index";

export const VERDICT_TONE = { pass: "good", fail: "bad", incomplete: "warn", unusable: "warn" } as const;
const RESULT_TONE: Record<string, "good" | "bad"> = { pass: "good", fail: "bad" };

function verdictOf(view: View, day: string): { verdict: keyof typeof VERDICT_TONE; indicative: boolean } {
  const judge = view.kind === "package_check" ? packageJudgement : instrumentJudgement;
  const { verdict, indicative } = judge(view.fields, day);
  return { verdict, indicative: indicative.length > 0 };
}

function Marks({ view, day }: { view: View; day: string }) {
  if (view.kind === "sample") {
    const result = text(view, "result") || "pending";
    return <Tag tone={RESULT_TONE[result] ?? "calm"}>{sayNamed("sample.result", result)}</Tag>;
  }
  const { verdict, indicative } = verdictOf(view, day);
  return (
    <>
      <Tag tone={VERDICT_TONE[verdict]}>{sayNamed("measuring.verdict", verdict)}</Tag>
      {indicative && <Tag tone="calm">{say("measuring.indicative")}</Tag>}
    </>
  );
}

const PART: Record<string, string> = { package_check: "package", instrument_check: "instrument", sample: "sample" };

export function MeasuredList({ file, closed }: { file: VisitFile; closed: boolean }) {
  const day = text(file.visit, "visited_on");
  const all = [...file.packages, ...file.instruments, ...file.samples];
  return (
    <Section title={say("measuring.title")}>
      {!closed && (
        <div class="tools">
          {(["package", "instrument", "sample"] as const).map((part) => (
            <ButtonLink key={part} href={to("visit", file.visit.record, part, "new")}>
              {say(`measuring.${part}`)}
            </ButtonLink>
          ))}
        </div>
      )}
      <ul class="list">
        {all.map((view) => (
          <li key={view.record}>
            <a class="row" href={to("visit", file.visit.record, PART[view.kind] ?? "", view.record)}>
              <span class="grow">
                <strong>
                  {text(view, "product") ||
                    [instrumentName(text(view, "instrument")), text(view, "subject")].filter(Boolean).join(", ")}
                </strong>
                <span class="marks">
                  <Marks view={view} day={day} />
                  <StandingMark standing={view.standing} />
                </span>
              </span>
              <ForwardIcon />
            </a>
          </li>
        ))}
      </ul>
    </Section>
  );
}
