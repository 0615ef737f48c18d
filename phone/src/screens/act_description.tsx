/** An act of the catalogue with its legal basis and its fines, marked by how well those were read. */
import "../look/visits.css";
import type { View } from "../outbox/overlay";
import { Tag } from "../parts/pieces";
import { text } from "../records/reader";
import { actName, fineLines, isVerified, legalBasis } from "../records/violations";
import { say } from "../words/index";

export function ActDescription({ act }: { act: View }) {
  const fines = fineLines(act);
  return (
    <span class="act">
      <span>
        <strong>{text(act, "code")}</strong> {actName(act)}
      </span>
      <span class="faint">{legalBasis(act)}</span>
      {fines.map((line) => (
        <span key={line} class="fine">
          {line}
        </span>
      ))}
      {fines.length === 0 && <span class="faint">{say("violation.fine.none")}</span>}
      {isVerified(act) ? (
        <Tag tone="good">{say("violation.verified")}</Tag>
      ) : (
        <Tag tone="warn">{say("violation.unverified")}</Tag>
      )}
    </span>
  );
}
