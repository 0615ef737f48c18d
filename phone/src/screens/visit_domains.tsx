/** What is checked on a visit, domain by domain, with how far each has come. */
import { ForwardIcon } from "../parts/icons";
import { Empty, Meter, Section, Tag } from "../parts/pieces";
import { to } from "../parts/route";
import { text } from "../records/reader";
import { progressIn, type VisitFile } from "../records/visits";
import { inLanguage, say, sayNamed } from "../words/index";

export function Domains({ file }: { file: VisitFile }) {
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
                  <strong>
                    {sayNamed(
                      "domain",
                      text(checklist, "domain"),
                      inLanguage(checklist.fields.title_vi, checklist.fields.title_en),
                    )}
                  </strong>
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
    </Section>
  );
}
