/** Recording a violation that no item raised: an act of the catalogue, or one in own words. */
import { useState } from "preact/hooks";
import { notice } from "../parts/notice";
import { recordViolation } from "../deeds/violating";
import type { View } from "../outbox/overlay";
import { Button } from "../parts/buttons";
import { Choices, TextField, Tick } from "../parts/fields";
import { useLive } from "../parts/live";
import { Tag } from "../parts/pieces";
import { replace, to } from "../parts/route";
import { Screen } from "../parts/screen";
import { reader } from "../phone";
import { text } from "../records/reader";
import { actName, catalogueOn, legalBasis } from "../records/violations";
import { SearchIndex } from "../search/index";
import { say, sayNamed } from "../words/index";
import { ActDescription } from "./act_description";
import { SEVERITIES } from "./violation";

const MOST_SHOWN = 12;

async function read(record: string) {
  const visit = await reader.value.one(record);
  const acts = visit ? [...(await catalogueOn(reader.value, text(visit, "visited_on"))).values()] : [];
  const findable = acts.map((act) => ({
    id: act.record,
    name: actName(act),
    details: [text(act, "code"), legalBasis(act), sayNamed("domain", text(act, "domain"))],
    act,
  }));
  return { visit, index: new SearchIndex(findable) };
}

export function NewViolation({ visit: record }: { visit: string }) {
  const found = useLive(`new-violation:${record}`, () => read(record));
  const [query, setQuery] = useState("");
  const [act, setAct] = useState<View | null>(null);
  const [free, setFree] = useState(false);
  const [description, setDescription] = useState("");
  const [severity, setSeverity] = useState("");
  const [tried, setTried] = useState(false);
  const shown = found && query.trim() ? found.index.find(query, MOST_SHOWN) : [];
  const ready = act !== null || free;

  const save = async (): Promise<void> => {
    setTried(true);
    if (!found?.visit || !description.trim()) return;
    const fields = { description: description.trim(), ...(severity ? { severity } : {}) };
    if (!(await recordViolation(found.visit, act, fields))) return;
    notice.value = { text: say("fail.saved", { count: 1 }), tone: "done" };
    replace("visit", record);
  };

  return (
    <Screen
      title={say("violation.new")}
      back={to("visit", record)}
      bar={
        ready ? (
          <Button look="primary" wide onPress={save}>
            {say("violation.save")}
          </Button>
        ) : undefined
      }
    >
      {act ? (
        <div class="card chosen">
          <ActDescription act={act} />
          <Button look="quiet" onPress={() => setAct(null)}>
            {say("action.edit")}
          </Button>
        </div>
      ) : (
        <>
          {!free && (
            <TextField label={say("violation.search")} type="search" value={query} onInput={setQuery} />
          )}
          {!free && (
            <ul class="list">
              {shown.map((each) => (
                <li key={each.id}>
                  <button type="button" class="row" onClick={() => setAct(each.act)}>
                    <span class="grow">
                      <strong>{each.name}</strong>
                      <span class="marks">
                        <Tag tone="calm">{text(each.act, "code")}</Tag>
                        <span class="faint">{legalBasis(each.act)}</span>
                      </span>
                    </span>
                  </button>
                </li>
              ))}
            </ul>
          )}
          <Tick checked={free} onChange={setFree}>
            {say("fail.other")}
          </Tick>
        </>
      )}
      {ready && (
        <>
          <TextField
            label={say("violation.description")}
            value={description}
            onInput={setDescription}
            lines={3}
            maximum={4000}
            fault={tried && !description.trim() ? say("common.required") : undefined}
          />
          <Choices
            label={say("violation.severity")}
            value={severity}
            clearable
            options={SEVERITIES.map((each) => ({ value: each, label: say(`violation.severity.${each}`) }))}
            onChange={setSeverity}
          />
        </>
      )}
    </Screen>
  );
}
