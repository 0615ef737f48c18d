/** Checking prepackages: the lot first, then one package after another, with the verdict as it stands. */
import { useState } from "preact/hooks";
import type { View } from "../outbox/overlay";
import { useLive } from "../parts/live";
import { replace, to } from "../parts/route";
import { Screen } from "../parts/screen";
import { reader } from "../phone";
import { text } from "../records/reader";
import { say } from "../words/index";
import { PackageLot } from "./package_lot";
import { PackageWeighing } from "./package_weighing";

async function read(visit: string, record: string) {
  return {
    visit: await reader.value.one(visit),
    check: record === "new" ? undefined : await reader.value.one(record),
  };
}

export function PackageCheck({ visit, record }: { visit: string; record: string }) {
  const found = useLive(`package:${visit}:${record}`, () => read(visit, record));
  const [editing, setEditing] = useState(false);
  if (!found?.visit || (record !== "new" && !found.check))
    return (
      <Screen title={say("package.new")} back={to("visit", visit)}>
        {null}
      </Screen>
    );
  const check: View | null = found.check ?? null;
  if (!check || editing)
    return (
      <PackageLot
        visit={found.visit}
        check={check}
        onSaved={(made) => (check ? setEditing(false) : replace("visit", visit, "package", made))}
      />
    );
  return (
    <PackageWeighing
      key={text(check, "nominal")}
      visit={found.visit}
      check={check}
      onEdit={() => setEditing(true)}
    />
  );
}
