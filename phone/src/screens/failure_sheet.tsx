/** Why an item failed, and which acts of the catalogue that amounts to. */
import "../look/visits.css";
import { useState } from "preact/hooks";
import type { Question } from "../deeds/answering";
import { recordFailure } from "../deeds/violating";
import type { View } from "../outbox/overlay";
import { Button } from "../parts/buttons";
import { Dialog } from "../parts/dialog";
import { TextField, Tick } from "../parts/fields";
import { useLive } from "../parts/live";
import { Tag } from "../parts/pieces";
import { reader } from "../phone";
import type { Item } from "../records/checklists";
import { text } from "../records/reader";
import { catalogueOn } from "../records/violations";
import { inLanguage, say } from "../words/index";
import { ActDescription } from "./act_description";

interface FailureSheetProps {
  question: Question;
  item: Item;
  answer: View | undefined;
  violations: View[];
  onClose: () => void;
}

export function FailureSheet({ question, item, answer, violations, onClose }: FailureSheetProps) {
  const [reason, setReason] = useState(text(answer, "reason"));
  const [chosen, setChosen] = useState<string[]>([]);
  const [other, setOther] = useState(false);
  const [free, setFree] = useState("");
  const [tried, setTried] = useState(false);
  const day = text(question.visit, "visited_on");
  const catalogue = useLive(`catalogue:${day}`, () => catalogueOn(reader.value, day));
  const offered = item.violation_codes.flatMap((code) => catalogue?.get(code) ?? []);
  const rule = inLanguage(item.fail_rule_vi, item.fail_rule_en);
  const recorded = new Set(violations.map((violation) => text(violation, "code")));

  const save = async (): Promise<void> => {
    setTried(true);
    if (!reason.trim() || (other && !free.trim())) return;
    const acts = offered.filter((act) => chosen.includes(text(act, "code")));
    if (await recordFailure(question, reason, acts, other ? free : "")) onClose();
  };

  return (
    <Dialog title={say("fail.title")} onClose={onClose}>
      <p class="faint">
        {item.id} · {inLanguage(item.text_vi, item.text_en)}
      </p>
      <TextField
        label={say("fail.reason")}
        placeholder={say("fail.reason.placeholder")}
        value={reason}
        onInput={setReason}
        lines={3}
        maximum={4000}
        fault={tried && !reason.trim() ? say("common.required") : undefined}
      />
      <fieldset class="acts">
        <legend>{say("fail.choose")}</legend>
        <p class="hint">{say("fail.choose.hint")}</p>
        {offered.map((act) => {
          const code = text(act, "code");
          const already = recorded.has(code);
          return (
            <Tick
              key={code}
              checked={already || chosen.includes(code)}
              disabled={already}
              onChange={(checked) =>
                setChosen(checked ? [...chosen, code] : chosen.filter((each) => each !== code))
              }
            >
              <ActDescription act={act} />
              {already && <Tag tone="good">{say("fail.already")}</Tag>}
            </Tick>
          );
        })}
        <Tick checked={other} onChange={setOther}>
          {say("fail.other")}
        </Tick>
      </fieldset>
      {rule && <p class="hint">{say("answer.rule", { rule })}</p>}
      {other && (
        <TextField
          label={say("fail.description")}
          value={free}
          onInput={setFree}
          lines={2}
          maximum={4000}
          fault={tried && !free.trim() ? say("common.required") : undefined}
        />
      )}
      <div class="actions">
        <Button onPress={onClose}>{say("action.cancel")}</Button>
        <Button look="primary" onPress={save}>
          {say("fail.save")}
        </Button>
      </div>
    </Dialog>
  );
}
