/** What is checked on a visit, checklist by checklist, with how far each has come; others can be added by hand. */
import { addChecklist } from "../deeds/visiting";
import { SelectField } from "../parts/fields";
import { ForwardIcon } from "../parts/icons";
import { Empty, Meter, Section, Tag } from "../parts/pieces";
import { to } from "../parts/route";
import { progressIn, type VisitFile } from "../records/visits";
import { say } from "../words/index";
import "../words/visits";
import { nameOf } from "./checklist_name";

export function Domains({ file, closed }: { file: VisitFile; closed: boolean }) {
  return (
    <Section title={say("visit.checklists")}>
      {file.checklists.length === 0 && <Empty>{say("visit.no_checklists")}</Empty>}
      <ul class="list">
        {file.checklists.map((checklist) => {
          const progress = progressIn(file, checklist);
          const label = say("visit.progress", { done: progress.done, total: progress.total });
          return (
            <li key={checklist.record}>
              <a class="row" href={to("visit", file.visit.record, "checklist", checklist.record)}>
                <span class="grow">
                  <strong>{nameOf(checklist, file.checklists)}</strong>
                  <Meter done={progress.done} total={progress.total} label={label} />
                  {progress.failed > 0 && (
                    <Tag tone="bad">{say("visit.fails", { count: progress.failed })}</Tag>
                  )}
                </span>
                <ForwardIcon />
              </a>
            </li>
          );
        })}
      </ul>
      {!closed && file.others.length > 0 && (
        <SelectField
          label={say("visit.add_checklist")}
          hint={say("visit.add_checklist.hint")}
          value=""
          options={[
            { value: "", label: "—" },
            ...file.others.map((view) => ({
              value: view.record,
              label: nameOf(view, [...file.checklists, ...file.others]),
            })),
          ]}
          onChange={(chosen) => {
            const checklist = file.others.find((view) => view.record === chosen);
            if (checklist) void addChecklist(file, checklist);
          }}
        />
      )}
    </Section>
  );
}
