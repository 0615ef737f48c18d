/** Checking prepackages: the lot first, then one package after another, with the verdict as it stands. */
import { useState } from "preact/hooks";
import { replace, to } from "../parts/route";
import { Screen } from "../parts/screen";
import { text } from "../records/reader";
import { say } from "../words/index";
import { useMeasured } from "./measuring_parts";
import { PackageLot } from "./package_lot";
import { PackageWeighing } from "./package_weighing";

export function PackageCheck({ visit, record }: { visit: string; record: string }) {
  const found = useMeasured(visit, record);
  const [editing, setEditing] = useState(false);
  if (!found)
    return (
      <Screen title={say("package.new")} back={to("visit", visit)}>
        {null}
      </Screen>
    );
  const check = found.view;
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
