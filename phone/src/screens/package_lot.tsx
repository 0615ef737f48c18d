/** The lot of a prepackage check: what the label says, how many there are, and what follows for the sample. */
import { useState } from "preact/hooks";
import { recordMeasured, saveMeasured } from "../deeds/measuring";
import { packageProblems } from "../measurement/judging";
import { planFor, tolerableDeficiency } from "../measurement/prepackages";
import { plain } from "../measurement/exact";
import { dimension, judgedIn, smallest, UNITS, type Unit } from "../measurement/units";
import type { View } from "../outbox/overlay";
import type { Fields } from "../protocol/types";
import { Button } from "../parts/buttons";
import { Camera } from "../parts/camera";
import { Choices, TextField } from "../parts/fields";
import { to } from "../parts/route";
import { Screen } from "../parts/screen";
import { reader } from "../phone";
import { knownGoods } from "../records/known";
import { text } from "../records/reader";
import { readDecimal, writeDecimal } from "../words/figures";
import { say } from "../words/index";
import "../words/measurement";
import { problemWords } from "./measuring_parts";

const LARGEST_LOT = 100_000;
const LONGEST_CODE = 100;

interface PackageLotProps {
  visit: View;
  check: View | null;
  onSaved: (record: string) => void;
}

export function PackageLot({ visit, check, onSaved }: PackageLotProps) {
  const start = (name: string): string => text(check ?? undefined, name);
  const [product, setProduct] = useState(start("product"));
  const [barcode, setBarcode] = useState(start("barcode"));
  const [before, setBefore] = useState<View>();
  const [maker, setMaker] = useState(start("maker"));
  const [nominal, setNominal] = useState(writeDecimal(start("nominal")));
  const [unit, setUnit] = useState<Unit>((start("nominal_unit") || "g") as Unit);
  const [reading, setReading] = useState<Unit>((start("reading_unit") || "g") as Unit);
  const [lot, setLot] = useState(start("lot_size"));
  const [tried, setTried] = useState(false);
  const label = readDecimal(nominal);
  const size = /^\d{1,6}$/.test(lot.trim()) ? Number(lot) : 0;
  const badNominal = label === null || label.startsWith("-") || label === "0";
  const badLot = size < 1 || size > LARGEST_LOT;
  const choices = UNITS.filter((each) => dimension(each) === dimension(unit));
  const measuredIn = choices.includes(reading) ? reading : unit;
  const fields: Fields = {
    nominal: label,
    nominal_unit: unit,
    reading_unit: measuredIn,
    lot_size: size,
  };
  const problems = badNominal || badLot ? [] : packageProblems({ ...check?.fields, ...fields });

  /** What the same goods were before is filled in where nothing stands yet. */
  const recall = async (code: string): Promise<void> => {
    setBarcode(code);
    const known = check ? undefined : await knownGoods(reader.value, code);
    setBefore(known);
    if (!known) return;
    setProduct((typed) => typed || text(known, "product"));
    setMaker((typed) => typed || text(known, "maker"));
    if (nominal) return;
    setNominal(writeDecimal(text(known, "nominal")));
    setUnit(text(known, "nominal_unit") as Unit);
    setReading(text(known, "reading_unit") as Unit);
  };

  const save = async (): Promise<void> => {
    setTried(true);
    if (!product.trim() || badNominal || badLot || problems.length > 0) return;
    const all = {
      product: product.trim(),
      barcode: barcode.trim() || null,
      maker: maker.trim() || null,
      ...fields,
    };
    if (!check) {
      const made = await recordMeasured("package_check", visit, all);
      if (made) onSaved(made);
    } else if (await saveMeasured(visit, check, all)) onSaved(check.record);
  };

  return (
    <Screen
      title={say("package.new")}
      back={to("visit", visit.record)}
      bar={
        <Button look="primary" wide onPress={save}>
          {say(check ? "package.save" : "package.start")}
        </Button>
      }
    >
      <Camera formats="any" onText={(code) => recall(code.slice(0, LONGEST_CODE))} />
      <TextField
        label={say("answer.barcode")}
        value={barcode}
        onInput={setBarcode}
        onLeave={(code) => void recall(code.trim())}
        inputMode="numeric"
        maximum={LONGEST_CODE}
        optional
      />
      {before && (
        <p class="hint" role="status">
          {say("measuring.known", { name: text(before, "product") })}
        </p>
      )}
      <TextField
        label={say("package.product")}
        value={product}
        onInput={setProduct}
        maximum={300}
        fault={tried && !product.trim() ? say("common.required") : undefined}
      />
      <TextField
        label={say("package.nominal")}
        value={nominal}
        onInput={setNominal}
        inputMode="decimal"
        suffix={say(`measuring.unit.${unit}`)}
        fault={tried && badNominal ? say("measuring.problem.not_positive") : undefined}
      />
      <Choices
        label={say("package.nominal_unit")}
        value={unit}
        options={UNITS.map((each) => ({ value: each, label: say(`measuring.unit.${each}`) }))}
        onChange={(chosen) => setUnit(chosen as Unit)}
      />
      {choices.length > 1 && (
        <Choices
          label={say("package.reading_unit")}
          value={measuredIn}
          options={choices.map((each) => ({ value: each, label: say(`measuring.unit.${each}`) }))}
          onChange={(chosen) => setReading(chosen as Unit)}
        />
      )}
      <TextField
        label={say("package.lot")}
        value={lot}
        onInput={setLot}
        inputMode="numeric"
        fault={
          tried && badLot
            ? say(size > LARGEST_LOT ? "measuring.problem.lot_too_large" : "measuring.problem.not_positive")
            : undefined
        }
      />
      {problems.length > 0 && (
        <p class="fault" role="alert">
          {problemWords(problems)}
        </p>
      )}
      {!badNominal && !badLot && (
        <Suggestion label={label} unit={unit} lot={size} day={text(visit, "visited_on")} />
      )}
      <TextField label={say("package.maker")} value={maker} onInput={setMaker} maximum={300} optional />
    </Screen>
  );
}

/** What T is and how many packages to take, as soon as both can be said. */
function Suggestion({ label, unit, lot, day }: { label: string; unit: Unit; lot: number; day: string }) {
  const quantity = smallest(label, unit);
  const tolerance = tolerableDeficiency(quantity, dimension(unit));
  const plan = planFor(lot, 0, day);
  if (tolerance === null || !plan)
    return (
      <p class="fault" role="alert">
        {say(tolerance === null ? "measuring.problem.beyond_table" : "measuring.problem.no_rule")}
      </p>
    );
  const write = (number: bigint): string => writeDecimal(plain(number));
  return (
    <div class="card" role="status">
      <p>
        {say("package.tolerance", {
          tolerance: write(tolerance),
          unit: say(`measuring.unit.${judgedIn(unit)}`),
          t: write(quantity - tolerance),
          t2: write(quantity - 2n * tolerance),
        })}
      </p>
      <p>
        {plan.full
          ? say("package.suggest.full", { size: plan.size ?? lot })
          : say("package.suggest.sample", { size: plan.size ?? 0, allowed: plan.allowed ?? 0 })}
      </p>
    </div>
  );
}
