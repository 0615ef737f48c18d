/** Establishments to visit, with what decides their order and what has been done. */
import { Button } from "../parts/buttons";
import { locate, locating } from "../parts/here";
import { ForwardIcon, PlaceIcon } from "../parts/icons";
import { StatusTag, Tag } from "../parts/pieces";
import { to } from "../parts/route";
import { text } from "../records/reader";
import type { TargetLine } from "../records/targets";
import { statusOf } from "../records/visit_lines";
import { writeDay, writeDistance } from "../words/figures";
import { say, sayNamed } from "../words/index";

export function TargetList({ lines, day }: { lines: readonly TargetLine[]; day: string }) {
  return (
    <ul class="list">
      {lines.map((line) => (
        <TargetRow key={line.target.record} line={line} day={day} />
      ))}
    </ul>
  );
}

/** An open visit is gone on with at once; otherwise the establishment is shown, where one tap opens a visit. */
function TargetRow({ line, day }: { line: TargetLine; day: string }) {
  const { establishment, visit, visited, target } = line;
  const place = visit && !visited ? to("visit", visit.record) : to("establishment", establishment.record);
  return (
    <li>
      <a class="row" href={place}>
        <span class="grow">
          <strong>{text(establishment, "name")}</strong>
          {text(establishment, "address") && <span class="faint">{text(establishment, "address")}</span>}
          <span class="marks">
            {visit && <StatusTag status={statusOf(visit)} />}
            {establishment.fields.operating === false && <Tag tone="bad">{say("establishment.closed")}</Tag>}
            {!visit && <Planned day={day} planned={text(target, "planned_on")} />}
            {line.distance !== null && (
              <span class="distance">
                <PlaceIcon size={16} /> {writeDistance(line.distance)}
              </span>
            )}
          </span>
          {!visit && <span class="faint">{reasons(line)}</span>}
          {text(target, "note") && <span class="faint">{text(target, "note")}</span>}
        </span>
        <ForwardIcon />
      </a>
    </li>
  );
}

function Planned({ planned, day }: { planned: string; day: string }) {
  if (planned === "") return null;
  if (planned < day) return <Tag tone="warn">{say("target.overdue", { day: writeDay(planned) })}</Tag>;
  if (planned === day) return <Tag tone="calm">{say("target.today")}</Tag>;
  return <span class="faint">{say("target.planned", { day: writeDay(planned) })}</span>;
}

function reasons({ target, lastVisited }: TargetLine): string {
  const last = lastVisited ? say("target.last", { day: writeDay(lastVisited) }) : "";
  return [sayNamed("target.reason", text(target, "reason"), ""), last].filter(Boolean).join(" · ");
}

/** Offers to order by distance where nobody has been asked yet. */
export function OrderByDistance() {
  if (locating.value !== "askable") return null;
  return (
    <Button look="quiet" onPress={locate}>
      <PlaceIcon /> {say("target.by_distance")}
    </Button>
  );
}
