/** What waits to be sent and why, with the button to try now. */
import { askAboutAllHeld, rejectedOperations } from "../outbox/outbox";
import { Button } from "../parts/buttons";
import { AlertIcon, CloudDoneIcon, ForwardIcon, SyncIcon } from "../parts/icons";
import { useShown } from "../parts/live";
import { Banner, Empty, Section } from "../parts/pieces";
import { Screen } from "../parts/screen";
import { useLastSync } from "../parts/sync_chip";
import { context, database, engine, me, online, session, syncStatus } from "../phone";
import type { OutboxRow } from "../store/database";
import { writeTime } from "../words/figures";
import { say, sayNamed } from "../words/index";
import "../words/pin";
import "../words/records";
import { describe, type OperationWords } from "./operation_words";
import { LeftForOffice } from "./left_for_office";
import { PhotoQueue } from "./photo_queue";
import { saveSealedWork } from "./sealed_work";

const MOST_SHOWN = 50;

async function readQueue() {
  const user = me();
  const rows = await database.outbox.where("state").anyOf("waiting", "held", "acknowledged").sortBy("n");
  const mine = rows.filter((row) => row.user === user);
  const of = async (state: OutboxRow["state"]) => {
    const all = mine.filter((row) => row.state === state);
    return { count: all.length, shown: await Promise.all(all.slice(0, MOST_SHOWN).map(describe)) };
  };
  return {
    waiting: await of("waiting"),
    held: await of("held"),
    acknowledged: await of("acknowledged"),
    others: rows.filter((row) => row.user !== user && row.state === "waiting").length,
    photos: await database.photos.where("state").anyOf("waiting", "refused").count(),
    attention: (await rejectedOperations(database, user)).length,
  };
}

function reason(): string {
  const { code, unreachable } = syncStatus.value;
  if (session.value?.ended) return say("queue.reason.ended");
  if (!online.value) return say("queue.reason.offline");
  if (unreachable) return say("queue.reason.unreachable");
  if (code === "retry" || code === "busy" || code === "unavailable") return say("queue.reason.retry");
  return code ? say("queue.reason.other", { code }) : "";
}

export function Queue() {
  const queue = useShown(`queue:${me()}`, readQueue);
  const last = useLastSync();
  const { running, next_attempt } = syncStatus.value;
  const why = reason();
  const nothing =
    queue &&
    queue.waiting.count + queue.held.count + queue.acknowledged.count + queue.others + queue.photos === 0;
  return (
    <Screen title={say("queue.title")}>
      <div class="card sync-card">
        <p>
          <strong>{running ? say("sync.running") : say("sync.last", { time: last })}</strong>
        </p>
        {why && <p>{why}</p>}
        {why && online.value && next_attempt && !running && (
          <p class="faint">{say("queue.next", { time: writeTime(next_attempt) })}</p>
        )}
        <Button look="primary" wide disabled={running} onPress={() => engine.request("person")}>
          <SyncIcon /> {say("queue.now")}
        </Button>
      </div>
      {queue && queue.attention > 0 && (
        <Banner tone="bad" href="#/attention">
          <AlertIcon />
          <strong class="grow">{say("home.attention", { count: queue.attention })}</strong>
          <ForwardIcon />
        </Banner>
      )}
      {nothing && (
        <Empty mark={<CloudDoneIcon size={40} />}>
          {say("queue.nothing")} {say("queue.nothing.text")}
        </Empty>
      )}
      {queue && (
        <>
          <Part title={say("queue.waiting")} part={queue.waiting} />
          <PhotoQueue />
          <Part title={say("queue.held")} part={queue.held} />
          {queue.held.count > 0 && (
            <Button
              wide
              onPress={async () => {
                await askAboutAllHeld(context);
                engine.request("person");
              }}
            >
              {say("queue.ask_held")}
            </Button>
          )}
          <Part title={say("queue.acknowledged")} part={queue.acknowledged} />
          {queue.waiting.count + queue.held.count + queue.photos + queue.attention > 0 && (
            <>
              <Button wide onPress={saveSealedWork}>
                {say("sealed.save")}
              </Button>
              <p class="hint">{say("sealed.explain")}</p>
            </>
          )}
          {queue.others > 0 && (
            <p class="hint">
              {say("queue.others")}: {queue.others}
            </p>
          )}
          <LeftForOffice />
        </>
      )}
    </Screen>
  );
}

function Part({ title, part }: { title: string; part: { count: number; shown: OperationWords[] } }) {
  if (part.count === 0) return null;
  return (
    <Section title={`${title} (${part.count})`}>
      <ul class="list">
        {part.shown.map(({ row, title: words, detail }) => (
          <li key={row.n} class="row still">
            <span class="grow">
              <strong>{words}</strong>
              {detail && <span class="faint">{detail}</span>}
              {row.waits_for && row.state === "held" && (
                <span class="faint">
                  {say("queue.waits_for", { kind: sayNamed("kind", row.waits_for.kind).toLowerCase() })}
                </span>
              )}
            </span>
            <span class="faint">{writeTime(row.made_at)}</span>
          </li>
        ))}
      </ul>
      {part.count > part.shown.length && (
        <p class="hint">{say("queue.more", { count: part.count - part.shown.length })}</p>
      )}
    </Section>
  );
}
