/** Measures taken on the spot: the list on a visit, and the form for one. */
import { useState } from "preact/hooks";
import { recordMeasure } from "../deeds/violating";
import type { View } from "../outbox/overlay";
import { Button } from "../parts/buttons";
import { Choices, TextField } from "../parts/fields";
import { ForwardIcon } from "../parts/icons";
import { useLive } from "../parts/live";
import { Empty, StandingMark } from "../parts/pieces";
import { replace, to } from "../parts/route";
import { Screen } from "../parts/screen";
import { VoidButton } from "../parts/void_button";
import { reader } from "../phone";
import { text } from "../records/reader";
import type { VisitFile } from "../records/visits";
import { readDecimal, writeDecimal } from "../words/figures";
import { say, sayNamed } from "../words/index";
import "../words/visits";

const TYPES = [
  "closure",
  "suspension",
  "destruction",
  "label_remedy",
  "advertising_suspension",
  "referral",
  "other",
];

export function MeasureList({ file }: { file: VisitFile }) {
  if (file.measures.length === 0) return <Empty>{say("common.none")}</Empty>;
  return (
    <ul class="list">
      {file.measures.map((measure) => (
        <li key={measure.record}>
          <a class="row" href={to("visit", file.visit.record, "measure", measure.record)}>
            <span class="grow">
              <strong>{sayNamed("measure.type", text(measure, "measure_type"))}</strong>
              <span class="faint">
                {[
                  writeDecimal(text(measure, "quantity")),
                  text(measure, "quantity_unit"),
                  text(measure, "note"),
                ]
                  .filter(Boolean)
                  .join(" ")}
              </span>
              <StandingMark standing={measure.standing} />
            </span>
            <ForwardIcon />
          </a>
        </li>
      ))}
    </ul>
  );
}

async function read(visit: string, record: string) {
  return {
    visit: await reader.value.one(visit),
    measure: record === "new" ? undefined : await reader.value.one(record),
  };
}

export function Measure({ visit, record }: { visit: string; record: string }) {
  const found = useLive(`measure:${visit}:${record}`, () => read(visit, record));
  if (!found?.visit)
    return (
      <Screen title={say("measure.type")} back={to("visit", visit)}>
        {null}
      </Screen>
    );
  return <MeasureForm key={record} visit={found.visit} measure={found.measure ?? null} />;
}

function MeasureForm({ visit, measure }: { visit: View; measure: View | null }) {
  const start = (name: string): string => text(measure ?? undefined, name);
  const [type, setType] = useState(start("measure_type"));
  const [count, setCount] = useState(start("product_count"));
  const [quantity, setQuantity] = useState(writeDecimal(start("quantity")));
  const [unit, setUnit] = useState(start("quantity_unit"));
  const [note, setNote] = useState(start("note"));
  const [tried, setTried] = useState(false);
  const decimal = quantity.trim() ? readDecimal(quantity) : null;
  const badQuantity = quantity.trim() !== "" && decimal === null;
  const badCount = count.trim() !== "" && !/^\d{1,9}$/.test(count.trim());
  const back = to("visit", visit.record);

  const save = async (): Promise<void> => {
    setTried(true);
    if (!type || badQuantity || badCount) return;
    const done = await recordMeasure(visit, measure, {
      measure_type: type,
      product_count: count.trim() ? Number(count) : null,
      quantity: decimal,
      quantity_unit: unit.trim() || null,
      note: note.trim() || null,
    });
    if (done) replace("visit", visit.record);
  };

  return (
    <Screen
      title={measure ? say("measure.type") : say("measure.new")}
      back={back}
      bar={
        <Button look="primary" wide onPress={save}>
          {say("measure.save")}
        </Button>
      }
    >
      <Choices
        label={say("measure.type")}
        value={type}
        options={TYPES.map((each) => ({ value: each, label: sayNamed("measure.type", each) }))}
        onChange={setType}
      />
      {tried && !type && (
        <p class="fault" role="alert">
          {say("common.required")}
        </p>
      )}
      <TextField
        label={say("measure.product_count")}
        value={count}
        onInput={setCount}
        inputMode="numeric"
        optional
        fault={badCount ? say("answer.not_a_number") : undefined}
      />
      <TextField
        label={say("measure.quantity")}
        value={quantity}
        onInput={setQuantity}
        inputMode="decimal"
        optional
        fault={tried && badQuantity ? say("answer.not_a_number") : undefined}
      />
      <TextField label={say("measure.quantity_unit")} value={unit} onInput={setUnit} maximum={50} optional />
      <TextField
        label={say("measure.note")}
        value={note}
        onInput={setNote}
        lines={3}
        maximum={4000}
        optional
      />
      {measure && (
        <VoidButton
          view={measure}
          label={say("measure.void")}
          text={say("violation.void.text")}
          confirm={say("measure.void.confirm")}
          done={say("measure.voided")}
          onDone={() => replace("visit", visit.record)}
        />
      )}
    </Screen>
  );
}
