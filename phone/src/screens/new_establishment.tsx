/** Adding an establishment that the list does not have, with a look at those that resemble it. */
import { useState } from "preact/hooks";
import { notice } from "../parts/notice";
import { addEstablishment } from "../deeds/visiting";
import { Button } from "../parts/buttons";
import { Choices, SelectField, TextField } from "../parts/fields";
import { PlaceIcon } from "../parts/icons";
import { useLive } from "../parts/live";
import { replace } from "../parts/route";
import { Screen } from "../parts/screen";
import { reader, today } from "../phone";
import type { Fields } from "../protocol/types";
import { places } from "../records/establishments";
import { text } from "../records/reader";
import { groundUnits } from "../records/units";
import { say, sayNamed } from "../words/index";
import "../words/visits";
import { PlaceRow } from "./find";

const TYPES = ["production", "processing_trade", "catering", "street_food", "other"];

interface Position {
  latitude: string;
  longitude: string;
  accuracy: string;
}

function takePosition(): Promise<Position | null> {
  return new Promise((resolve) => {
    if (!("geolocation" in navigator)) {
      resolve(null);
      return;
    }
    navigator.geolocation.getCurrentPosition(
      ({ coords }) =>
        resolve({
          latitude: String(Number(coords.latitude.toFixed(6))),
          longitude: String(Number(coords.longitude.toFixed(6))),
          accuracy: String(Math.round(coords.accuracy)),
        }),
      () => resolve(null),
      { enableHighAccuracy: true, timeout: 20_000, maximumAge: 30_000 },
    );
  });
}

export function NewEstablishment() {
  const units = useLive("units", () => groundUnits(reader.value, today())) ?? [];
  const [values, setValues] = useState({
    name: "",
    address: "",
    owner: "",
    licence_number: "",
    phone: "",
    unit: "",
    type: "",
  });
  const [position, setPosition] = useState<Position | null | undefined>(undefined);
  const [tried, setTried] = useState(false);
  const set = (name: keyof typeof values) => (value: string) => setValues({ ...values, [name]: value });
  const similar = values.name.trim().length >= 3 ? (places.value?.find(values.name, 3) ?? []) : [];
  const complete = values.name.trim() !== "" && values.type !== "";

  const save = async (): Promise<void> => {
    setTried(true);
    if (!complete) return;
    const { type, ...rest } = values;
    const fields: Fields = { establishment_type: type, ...(position ?? {}) };
    for (const [name, value] of Object.entries(rest)) if (value.trim()) fields[name] = value.trim();
    const record = await addEstablishment(fields);
    if (!record) return;
    notice.value = { text: say("establishment.saved"), tone: "done" };
    replace("establishment", record);
  };

  return (
    <Screen
      title={say("establishment.new")}
      back="#/find"
      bar={
        <Button look="primary" wide onPress={save}>
          {say("establishment.save")}
        </Button>
      }
    >
      <TextField
        label={say("establishment.name")}
        value={values.name}
        onInput={set("name")}
        maximum={300}
        fault={tried && !values.name.trim() ? say("common.required") : undefined}
      />
      {similar.length > 0 && (
        <div class="similar">
          <p class="hint">{say("establishment.similar")}</p>
          <ul class="list">
            {similar.map((place) => (
              <PlaceRow key={place.id} place={place} />
            ))}
          </ul>
        </div>
      )}
      <Choices
        label={say("establishment.type")}
        value={values.type}
        options={TYPES.map((type) => ({ value: type, label: sayNamed("establishment.type", type) }))}
        onChange={set("type")}
      />
      {tried && !values.type && (
        <p class="fault" role="alert">
          {say("common.required")}
        </p>
      )}
      <TextField
        label={say("establishment.address")}
        value={values.address}
        onInput={set("address")}
        maximum={500}
        optional
      />
      <SelectField
        label={say("establishment.unit")}
        value={values.unit}
        options={[
          { value: "", label: "—" },
          ...units.map((unit) => ({ value: unit.record, label: text(unit, "name") })),
        ]}
        onChange={set("unit")}
        optional
      />
      <TextField
        label={say("establishment.owner")}
        value={values.owner}
        onInput={set("owner")}
        maximum={200}
        optional
      />
      <TextField
        label={say("establishment.phone")}
        type="tel"
        inputMode="tel"
        value={values.phone}
        onInput={set("phone")}
        maximum={50}
        optional
      />
      <TextField
        label={say("establishment.licence")}
        value={values.licence_number}
        onInput={set("licence_number")}
        maximum={100}
        optional
      />
      <div class="field">
        <Button onPress={async () => setPosition(await takePosition())} wide>
          <PlaceIcon /> {say("establishment.position.take")}
        </Button>
        <p class="hint" role="status">
          {position && say("establishment.position.taken", { ...position })}
          {position === null && say("establishment.position.failed")}
        </p>
      </div>
    </Screen>
  );
}
