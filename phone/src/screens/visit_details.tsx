/** What the record says of the visit itself. */
import { useState } from "preact/hooks";
import { describeVisit } from "../deeds/visiting";
import { Choices, TextField } from "../parts/fields";
import { Section } from "../parts/pieces";
import { text } from "../records/reader";
import type { VisitFile } from "../records/visits";
import { say } from "../words/index";

const TYPES = ["routine", "follow_up", "complaint", "other"] as const;

/** Text is written down when the field is left, so that no keystroke becomes an operation of its own. */
export function Details({ file: { visit } }: { file: VisitFile }) {
  const [draft, setDraft] = useState<Record<string, string>>({});
  const field = (name: "representative" | "note", lines?: number) => (
    <TextField
      label={say(`visit.${name}`)}
      value={draft[name] ?? text(visit, name)}
      maximum={name === "note" ? 4000 : 200}
      {...(lines ? { lines } : {})}
      onInput={(value) => setDraft({ ...draft, [name]: value })}
      onLeave={(value) => void describeVisit(visit, { [name]: value.trim() || null })}
    />
  );
  return (
    <Section title={say("visit.details")}>
      <div class="card">
        <Choices
          label={say("visit.type")}
          value={text(visit, "visit_type")}
          options={TYPES.map((type) => ({ value: type, label: say(`visit.type.${type}`) }))}
          onChange={(type) => void describeVisit(visit, { visit_type: type })}
        />
        {field("representative")}
        {field("note", 3)}
      </div>
    </Section>
  );
}
