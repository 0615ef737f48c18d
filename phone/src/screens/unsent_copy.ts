/** A copy of what is not on the server, as a file the person can hand over by other means. */
import { operationOf } from "../outbox/outbox";
import { database } from "../phone";

export async function saveUnsentCopy(): Promise<void> {
  const rows = await database.outbox.where("state").anyOf("waiting", "held", "rejected").sortBy("n");
  const content = JSON.stringify({ operations: rows.map(operationOf) }, null, 1);
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([content], { type: "application/json" }));
  link.download = `chua-gui-${new Date().toISOString().slice(0, 10)}.json`;
  link.click();
  window.setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
