/** What the server refused: why, in words, and what the person can do about it. Nothing here goes away by itself. */
import { useState } from "preact/hooks";
import { notice } from "../parts/notice";
import { leaveToOffice, operationOf, rejectedOperations } from "../outbox/outbox";
import { Button, ButtonLink } from "../parts/buttons";
import { Confirm } from "../parts/dialog";
import { useLive } from "../parts/live";
import { Empty, Section } from "../parts/pieces";
import { to } from "../parts/route";
import { Screen } from "../parts/screen";
import { context, database, me } from "../phone";
import { writeMoment } from "../words/figures";
import { say, sayNamed } from "../words/index";
import "../words/records";
import { CorrectionSheet } from "./correction_sheet";
import { describe, faultWords, fieldLines, type OperationWords } from "./operation_words";

export function errorWords(code: string): string {
  return sayNamed("error", code, say("error.other", { code }));
}

async function read() {
  const rows = await rejectedOperations(database, me());
  const byCode = new Map<string, OperationWords[]>();
  for (const row of rows) {
    const code = row.error?.code ?? "malformed";
    byCode.set(code, [...(byCode.get(code) ?? []), await describe(row)]);
  }
  return [...byCode];
}

export function Attention() {
  const codes = useLive(`attention:${me()}`, read);
  return (
    <Screen title={say("attention.title")} back="#/">
      {codes?.length === 0 && <Empty>{say("attention.none")}</Empty>}
      {codes && codes.length > 0 && <p class="lead">{say("attention.explain")}</p>}
      {codes?.map(([code, operations]) => (
        <Section key={code} title={`${errorWords(code)} (${operations.length})`}>
          {operations.map((words) => (
            <Refused key={words.row.n} words={words} />
          ))}
        </Section>
      ))}
    </Screen>
  );
}

function Refused({ words }: { words: OperationWords }) {
  const [asking, setAsking] = useState<"no" | "correct" | "leave">("no");
  const { row, title, detail, visit } = words;
  const operation = operationOf(row);
  const faults = Object.entries(row.error?.fields ?? {});
  return (
    <article class="card">
      <h3>{title}</h3>
      <p class="faint">
        {[detail, writeMoment(row.made_at, context.clock.now())].filter(Boolean).join(" · ")}
      </p>
      {faults.map(([field, messages]) => (
        <p key={field} class="fault">
          {sayNamed("field", field)}: {faultWords(messages)}
        </p>
      ))}
      <details>
        <summary>{say("attention.sent")}</summary>
        <dl class="facts">
          {fieldLines(operation.fields).map(({ field, name, value }) => (
            <div key={field}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </details>
      <div class="actions">
        {visit && <ButtonLink href={to("visit", visit)}>{say("attention.open")}</ButtonLink>}
        <Button look="primary" onPress={() => setAsking("correct")}>
          {say("attention.correct")}
        </Button>
        <Button onPress={() => setAsking("leave")}>{say("attention.leave")}</Button>
      </div>
      {asking === "correct" && <CorrectionSheet row={row} onClose={() => setAsking("no")} />}
      {asking === "leave" && (
        <Confirm
          title={say("attention.leave")}
          text={say("attention.leave.text")}
          confirm={say("attention.leave")}
          onClose={() => setAsking("no")}
          onConfirm={async () => {
            await leaveToOffice(context, row.n);
            notice.value = { text: say("attention.left"), tone: "done" };
          }}
        />
      )}
    </article>
  );
}
