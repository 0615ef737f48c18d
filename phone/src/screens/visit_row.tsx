/** One visit in a list. */
import { ForwardIcon } from "../parts/icons";
import { StandingMark, StatusTag, Tag } from "../parts/pieces";
import { to } from "../parts/route";
import { text } from "../records/reader";
import type { VisitLine } from "../records/visit_lines";
import { writeDay, writeTime } from "../words/figures";
import { say } from "../words/index";

export function VisitRow({ line, plain }: { line: VisitLine; plain?: boolean }) {
  const { visit, establishment, address, status, doubled } = line;
  const started = text(visit, "started_at");
  const when = writeDay(text(visit, "visited_on")) + (started ? `, ${writeTime(started)}` : "");
  return (
    <li>
      <a class="row" href={to("visit", visit.record)}>
        <span class="grow">
          <strong>{plain ? when : establishment || say("kind.establishment")}</strong>
          {!plain && address && <span class="faint">{address}</span>}
          <span class="marks">
            <StatusTag status={status} />
            {!plain && <span class="faint">{when}</span>}
            {doubled && <Tag tone="warn">{say("visit.doubled")}</Tag>}
            <StandingMark standing={visit.standing} />
          </span>
        </span>
        <ForwardIcon />
      </a>
    </li>
  );
}
