/** Pieces that the measuring screens share: the verdict with its reasons, and the violation it may raise. */
import "../look/measuring.css";
import { recordViolation } from "../deeds/violating";
import type { Verdict } from "../measurement/prepackages";
import type { View } from "../outbox/overlay";
import { Button } from "../parts/buttons";
import { useLive } from "../parts/live";
import { Tag } from "../parts/pieces";
import { replace } from "../parts/route";
import { VoidButton } from "../parts/void_button";
import { reader } from "../phone";
import { inForce, text } from "../records/reader";
import { actName, catalogueOn } from "../records/violations";
import { say, sayNamed } from "../words/index";
import { VERDICT_TONE } from "./measured_list";

interface Judged {
  verdict: Verdict;
  problems: readonly string[];
  indicative: readonly string[];
}

export function problemWords(codes: readonly string[]): string {
  return codes.map((code) => sayNamed("measuring.problem", code)).join(" ");
}

/** Told again to a screen reader whenever it changes. */
export function VerdictLine({ judged }: { judged: Judged }) {
  return (
    <>
      <p class="marks" role="status">
        <Tag tone={VERDICT_TONE[judged.verdict]}>{sayNamed("measuring.verdict", judged.verdict)}</Tag>
        {judged.indicative.length > 0 && <Tag tone="warn">{say("measuring.indicative")}</Tag>}
      </p>
      {judged.problems.length > 0 && <p class="fault">{problemWords(judged.problems)}</p>}
    </>
  );
}

export function Reasons({ codes }: { codes: readonly string[] }) {
  if (codes.length === 0) return null;
  return (
    <ul class="reasons">
      {codes.map((code) => (
        <li key={code}>{sayNamed("measuring.why", code)}</li>
      ))}
    </ul>
  );
}

/** A visit and what was measured on it; undefined until both are read, with no record while it is new. */
export function useMeasured(visit: string, record: string): { visit: View; view: View | null } | undefined {
  const found = useLive(`measured:${visit}:${record}`, async () => ({
    visit: await reader.value.one(visit),
    view: record === "new" ? null : await reader.value.one(record),
  }));
  if (!found?.visit || found.view === undefined) return undefined;
  return { visit: found.visit, view: found.view };
}

export function VoidMeasured({ visit, view }: { visit: View; view: View }) {
  return (
    <VoidButton
      view={view}
      label={say("measuring.void")}
      text={say("measuring.void.text")}
      confirm={say("measuring.void")}
      done={say("measuring.voided")}
      onDone={() => replace("visit", visit.record)}
    />
  );
}

async function read(visit: string, day: string) {
  const [acts, violations] = await Promise.all([
    catalogueOn(reader.value, day),
    reader.value.children("violation", visit),
  ]);
  return { acts, violations: violations.filter(inForce) };
}

/** One tap for every act that a failure amounts to; what was recorded in the same words is not offered again. */
export function RaiseViolation({
  visit,
  codes,
  describe,
}: {
  visit: View;
  codes: readonly string[];
  describe: (code: string) => string;
}) {
  const day = text(visit, "visited_on");
  const found = useLive(`raise:${visit.record}:${day}`, () => read(visit.record, day));
  if (!found) return null;
  const offered = codes.flatMap((code) => found.acts.get(code) ?? []);
  if (offered.length === 0) return <p class="hint">{say("measuring.no_act")}</p>;
  return (
    <div class="stack">
      {offered.map((act) => {
        const code = text(act, "code");
        const description = describe(code);
        const done = found.violations.some(
          (each) => text(each, "code") === code && text(each, "description") === description,
        );
        if (done)
          return (
            <p key={code} class="marks">
              <Tag tone="good">{say("measuring.raised", { code })}</Tag>
            </p>
          );
        return (
          <Button
            key={code}
            wide
            look="danger"
            onPress={() => recordViolation(visit, act, { description })}
          >
            <span class="two-lines">
              {say("measuring.raise", { code })}
              <small>{actName(act)}</small>
            </span>
          </Button>
        );
      })}
    </div>
  );
}
