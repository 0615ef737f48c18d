/** What a person may make of an operation that the server has refused. */
import type { Fields } from "../protocol/types";
import { durable } from "../store/durable";
import type { CoreContext } from "./context";
import { type Intention, makeOperations } from "./making";
import { operationOf } from "./outbox";

/** The person makes a new operation with corrected fields in place of a rejected one. */
export async function correct(
  context: CoreContext,
  user: string,
  number: number,
  fields: Fields,
): Promise<void> {
  const row = await context.database.outbox.get(number);
  if (row?.state !== "rejected" || row.user !== user) return;
  const { kind, record, scope, settles, sealed } = operationOf(row);
  const intention: Intention = {
    kind,
    record,
    scope,
    fields,
    ...(settles ? { settles } : {}),
    ...(sealed ? { sealed } : {}),
  };
  const { database } = context;
  await durable(database, () =>
    database.transaction("rw", database.outbox, database.notes, database.records, async () => {
      await database.outbox.update(number, { state: "finished", resolution: "corrected" });
      await makeOperations(context, user, [intention]);
    }),
  );
}
