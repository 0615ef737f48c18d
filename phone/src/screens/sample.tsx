/** A sample taken on the spot, and later what the laboratory said of it. */
import { useState } from "preact/hooks";
import { recordMeasured, saveMeasured } from "../deeds/measuring";
import type { View } from "../outbox/overlay";
import type { Fields } from "../protocol/types";
import { Button } from "../parts/buttons";
import { Choices, TextField, Tick } from "../parts/fields";
import { replace, to } from "../parts/route";
import { Screen } from "../parts/screen";
import { today } from "../phone";
import { text } from "../records/reader";
import { readDecimal, writeDecimal } from "../words/figures";
import { say } from "../words/index";
import "../words/visits";
import { useMeasured, VoidMeasured } from "./measuring_parts";

const GROUPS = ["unknown", "physicochemical", "microbiological"] as const;
const RESULTS = ["pending", "pass", "fail"] as const;
const TEXTS = { product: 300, quantity_unit: 50, lot: 200, purpose: 1000, sent_to: 300, note: 4000 } as const;
const OF_RESULT = { result_number: 100, indicator: 300, required_value: 200, found_value: 200 } as const;
type Name = keyof typeof TEXTS | keyof typeof OF_RESULT | "quantity" | "tested_for" | "sent_on" | "result_on" | "result";

export function Sample({ visit, record }: { visit: string; record: string }) {
  const found = useMeasured(visit, record);
  if (!found)
    return (
      <Screen title={say("sample.new")} back={to("visit", visit)}>
        {null}
      </Screen>
    );
  return <SampleForm key={record} visit={found.visit} sample={found.view} />;
}

function SampleForm({ visit, sample }: { visit: View; sample: View | null }) {
  const [draft, setDraft] = useState<Partial<Record<Name, string>>>({});
  const [sealed, setSealed] = useState(sample?.fields.sealed === true);
  const [tried, setTried] = useState(false);
  const stored = (name: Name): string =>
    name === "quantity" ? writeDecimal(text(sample ?? undefined, name)) : text(sample ?? undefined, name);
  const value = (name: Name): string => draft[name] ?? stored(name);
  const set = (name: Name) => (typed: string) => setDraft({ ...draft, [name]: typed });
  const quantity = value("quantity").trim() ? readDecimal(value("quantity")) : null;
  const badQuantity = value("quantity").trim() !== "" && (quantity === null || quantity.startsWith("-"));
  const late = (name: "sent_on" | "result_on"): boolean => value(name) > today();
  const result = value("result") || "pending";
  const group = value("tested_for") || "unknown";

  const save = async (): Promise<void> => {
    setTried(true);
    if (!value("product").trim() || badQuantity || late("sent_on") || late("result_on")) return;
    const fields: Fields = { quantity, sealed: sealed || null, result, tested_for: group === "unknown" ? null : group };
    for (const name of [...Object.keys(TEXTS), ...Object.keys(OF_RESULT), "sent_on", "result_on"] as Name[])
      fields[name] = value(name).trim() || null;
    const done = sample
      ? await saveMeasured(visit, sample, fields)
      : await recordMeasured("sample", visit, fields);
    if (done) replace("visit", visit.record);
  };
  const input = (name: keyof typeof TEXTS | keyof typeof OF_RESULT, lines?: number) => (
    <TextField
      label={say(`sample.${name}`)}
      value={value(name)}
      onInput={set(name)}
      maximum={{ ...TEXTS, ...OF_RESULT }[name]}
      {...(lines ? { lines } : {})}
      {...(name === "product" ? {} : { optional: true })}
      fault={name === "product" && tried && !value(name).trim() ? say("common.required") : undefined}
    />
  );
  const day = (name: "sent_on" | "result_on") => (
    <TextField
      label={say(`sample.${name}`)}
      type="date"
      value={value(name)}
      onInput={set(name)}
      fault={late(name) ? say("measuring.problem.in_the_future") : undefined}
      optional
    />
  );

  return (
    <Screen
      title={say("sample.new")}
      back={to("visit", visit.record)}
      bar={
        <Button look="primary" wide onPress={save}>
          {say("sample.save")}
        </Button>
      }
    >
      {input("product")}
      <div class="pair">
        <TextField
          label={say("sample.quantity")}
          value={value("quantity")}
          onInput={set("quantity")}
          inputMode="decimal"
          fault={tried && badQuantity ? say("answer.not_a_number") : undefined}
          optional
        />
        {input("quantity_unit")}
      </div>
      {input("lot")}
      {input("purpose", 2)}
      <Choices
        label={say("sample.tested_for")}
        value={group}
        options={GROUPS.map((each) => ({ value: each, label: say(`sample.tested_for.${each}`) }))}
        onChange={set("tested_for")}
      />
      <Tick checked={sealed} onChange={setSealed}>
        {say("sample.sealed")}
      </Tick>
      {input("sent_to")}
      {day("sent_on")}
      <Choices
        label={say("sample.result")}
        value={result}
        options={RESULTS.map((each) => ({ value: each, label: say(`sample.result.${each}`) }))}
        onChange={set("result")}
      />
      {result !== "pending" && (
        <>
          {day("result_on")}
          {input("result_number")}
          {result === "fail" && input("indicator")}
          {result === "fail" && input("required_value")}
          {result === "fail" && input("found_value")}
        </>
      )}
      {input("note", 3)}
      {sample && <VoidMeasured visit={visit} view={sample} />}
    </Screen>
  );
}
