/** Taking down what somebody reports on the spot: what it is about in the open, who reports it sealed at once. */
import { useState } from "preact/hooks";
import { officeKey } from "../complaints/office_key";
import { notice } from "../parts/notice";
import { receive } from "../deeds/receiving";
import { Button } from "../parts/buttons";
import { Choices, SelectField, TextField, Tick } from "../parts/fields";
import { useLive } from "../parts/live";
import { Banner, Section, StandingMark, Tag } from "../parts/pieces";
import { replace } from "../parts/route";
import { Screen } from "../parts/screen";
import { reader, today } from "../phone";
import { type Place, places } from "../records/establishments";
import { text } from "../records/reader";
import { groundUnits } from "../records/units";
import { writeDay } from "../words/figures";
import { say, sayNamed } from "../words/index";
import "../words/intake";
import "../words/visits";

const KINDS = ["recommendation", "denunciation", "complaint"];
const FIELDS = ["food_safety", "measurement", "quality", "labels", "other"];
const NOBODY = { name: "", address: "", contact: "" };
const MOST_SUGGESTED = 4;

async function readSurroundings(establishment: string) {
  const from = reader.value;
  const [units, place, key, received] = await Promise.all([
    groundUnits(from, today()),
    from.one(establishment),
    officeKey(),
    from.all("complaint"),
  ]);
  received.sort((left, right) => (left.record < right.record ? 1 : -1));
  return { units, place, canSeal: key !== null, received };
}

export function NewComplaint({ establishment }: { establishment: string }) {
  const [chosen, setChosen] = useState(establishment);
  const around = useLive(`intake:${chosen}`, () => readSurroundings(chosen));
  const [values, setValues] = useState({ kind: "", field: "", summary: "", subject: "", unit: "" });
  const [identity, setIdentity] = useState(NOBODY);
  const [anonymous, setAnonymous] = useState(false);
  const [tried, setTried] = useState(false);
  const set = (name: keyof typeof values) => (value: string) => setValues({ ...values, [name]: value });
  const named = anonymous || Object.values(identity).some((part) => part.trim() !== "");
  const complete = values.kind !== "" && values.field !== "" && values.summary.trim() !== "" && named;
  const required = (missing: boolean): string | undefined => (tried && missing ? say("common.required") : undefined);

  const save = async (): Promise<void> => {
    setTried(true);
    if (!complete) return;
    const unit = chosen ? text(around?.place, "unit") : values.unit;
    const record = await receive(
      {
        petition_kind: values.kind,
        field: values.field,
        summary: values.summary.trim(),
        ...(chosen ? { establishment: chosen } : {}),
        ...(!chosen && values.subject.trim() ? { subject_name: values.subject.trim() } : {}),
        ...(unit ? { unit } : {}),
      },
      anonymous ? NOBODY : identity,
    );
    if (!record) return;
    setIdentity(NOBODY);
    notice.value = { text: say(anonymous ? "intake.saved_anonymous" : "intake.saved"), tone: "done" };
    replace();
  };

  return (
    <Screen
      title={say("intake.title")}
      back="#/"
      bar={
        <Button look="primary" wide onPress={save}>
          {say("intake.save")}
        </Button>
      }
    >
      <Choices
        label={say("intake.kind")}
        value={values.kind}
        options={KINDS.map((kind) => ({ value: kind, label: sayNamed("petition_kind", kind) }))}
        onChange={set("kind")}
      />
      <p class="hint">{sayNamed("petition_kind.hint", values.kind, say("intake.kind.hint"))}</p>
      <Missing fault={required(!values.kind)} />
      <Choices
        label={say("intake.field")}
        value={values.field}
        options={FIELDS.map((field) => ({ value: field, label: sayNamed("petition_field", field) }))}
        onChange={set("field")}
      />
      <Missing fault={required(!values.field)} />
      <TextField
        label={say("intake.summary")}
        hint={say("intake.summary.hint")}
        value={values.summary}
        onInput={set("summary")}
        lines={4}
        maximum={8000}
        fault={required(!values.summary.trim())}
      />
      {chosen ? (
        <div class="card">
          <strong>{text(around?.place, "name")}</strong>
          <Button look="quiet" onPress={() => setChosen("")}>
            {say("intake.other_subject")}
          </Button>
        </div>
      ) : (
        <>
          <Subject value={values.subject} onInput={set("subject")} onChoose={setChosen} />
          <SelectField
            label={say("establishment.unit")}
            value={values.unit}
            options={[
              { value: "", label: "—" },
              ...(around?.units ?? []).map((unit) => ({ value: unit.record, label: text(unit, "name") })),
            ]}
            onChange={set("unit")}
            optional
          />
        </>
      )}
      <Section title={say("intake.identity")}>
        <Banner tone="calm">{say("intake.confidential")}</Banner>
        {around && !around.canSeal && <Banner tone="warn">{say("intake.no_key")}</Banner>}
        <Tick checked={anonymous} onChange={setAnonymous}>
          {say("intake.anonymous")}
        </Tick>
        {!anonymous &&
          around?.canSeal &&
          (["name", "address", "contact"] as const).map((part) => (
            <TextField
              key={part}
              label={say(`intake.identity.${part}`)}
              value={identity[part]}
              onInput={(value) => setIdentity({ ...identity, [part]: value })}
              maximum={part === "address" ? 500 : 200}
              optional
            />
          ))}
        <Missing fault={tried && !named ? say("intake.who") : undefined} />
      </Section>
      {around && around.received.length > 0 && (
        <Section title={say("intake.received")}>
          <ul class="list">
            {around.received.map((view) => (
              <li key={view.record} class="row still">
                <span class="grow">
                  <strong>{text(view, "summary")}</strong>
                  <span class="marks">
                    <Tag tone="calm">{sayNamed("petition_kind", text(view, "petition_kind"))}</Tag>
                    <span class="faint">{writeDay(text(view, "received_on"))}</span>
                    {text(view, "register_number") && (
                      <span class="faint">
                        {say("intake.number", {
                          number: text(view, "register_number"),
                          year: text(view, "register_year"),
                        })}
                      </span>
                    )}
                    <StandingMark standing={view.standing} />
                  </span>
                </span>
              </li>
            ))}
          </ul>
        </Section>
      )}
    </Screen>
  );
}

function Missing({ fault }: { fault: string | undefined }) {
  return fault ? (
    <p class="fault" role="alert">
      {fault}
    </p>
  ) : null;
}

interface SubjectProps {
  value: string;
  onInput: (value: string) => void;
  onChoose: (establishment: string) => void;
}

/** Who is reported: typed freely, or one of the list with a tap. */
function Subject({ value, onInput, onChoose }: SubjectProps) {
  const found: Place[] = value.trim().length >= 2 ? (places.value?.find(value, MOST_SUGGESTED) ?? []) : [];
  return (
    <div class="stack">
      <TextField
        label={say("intake.subject")}
        hint={say("intake.subject.hint")}
        value={value}
        onInput={onInput}
        maximum={300}
        optional
      />
      {found.length > 0 && (
        <ul class="list">
          {found.map((place) => (
            <li key={place.id}>
              <button type="button" class="row" onClick={() => onChoose(place.id)}>
                <span class="grow">
                  <strong>{place.name}</strong>
                  {place.address && <span class="faint">{place.address}</span>}
                </span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
