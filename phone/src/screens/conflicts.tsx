/** Where two people wrote different things: both values side by side, for the team lead to choose. */
import "../look/visits.css";
import { notice } from "../parts/notice";
import { type Candidate, candidatesOf, settle, storedOf } from "../deeds/settling";
import type { View } from "../outbox/overlay";
import { Button } from "../parts/buttons";
import { useLive } from "../parts/live";
import { Empty, Tag } from "../parts/pieces";
import { to } from "../parts/route";
import { Screen } from "../parts/screen";
import { context, me, reader, session } from "../phone";
import { nameOf } from "../records/people";
import { text } from "../records/reader";
import { maySettle } from "../records/rights";
import { conflictsOf, readVisit } from "../records/visits";
import { writeMoment } from "../words/figures";
import { say, sayNamed } from "../words/index";
import "../words/records";
import { valueWords } from "./operation_words";

interface Option {
  candidate: Candidate;
  name: string;
  stored: boolean;
}

interface Dispute {
  conflict: View;
  target: View;
  title: string;
  place: string;
  options: Option[];
  may: boolean;
  pending: boolean;
}

async function readDispute(conflict: View): Promise<Dispute[]> {
  const from = reader.value;
  const target = await from.one(text(conflict, "target"));
  const stored = storedOf(conflict);
  if (!target || !stored) return [];
  const visit = target.kind === "visit" ? target : await from.one(target.parent);
  const place = await from.one(text(visit, "establishment"));
  const person = session.value?.person;
  const naming = async (candidate: Candidate, isStored: boolean): Promise<Option> => {
    const name = candidate.user === me() ? say("common.you") : await nameOf(from, candidate.user);
    return { candidate, stored: isStored, name: name || say("common.unknown_person") };
  };
  const mark = text(target, "item") || text(target, "code") || text(target, "name");
  const record = [sayNamed("kind", target.kind), mark, text(target, "subject")].filter(Boolean).join(" ");
  return [
    {
      conflict,
      target,
      title: say("conflict.of", {
        field: sayNamed("field", text(conflict, "field")),
        record: record.charAt(0).toLowerCase() + record.slice(1),
      }),
      place: text(place, "name") || text(target, "name"),
      options: [
        await naming(stored, true),
        ...(await Promise.all(candidatesOf(conflict).map((each) => naming(each, false)))),
      ],
      may: person !== undefined && (await maySettle(from, person, conflict.scope)),
      pending: await isSettling(target.record, candidatesOf(conflict)),
    },
  ];
}

/** Whether an own operation that settles these candidates is still under way. */
async function isSettling(target: string, candidates: Candidate[]): Promise<boolean> {
  const rows = await reader.value.database.outbox.where("record").equals(target).toArray();
  return rows.some(
    (row) => row.state !== "finished" && candidates.some(({ entry }) => row.body.includes(`"${entry}"`)),
  );
}

async function read(visit: string | null): Promise<Dispute[]> {
  const from = reader.value;
  const all = await from.all("conflict");
  const file = visit === null ? undefined : await readVisit(from, visit);
  const open = file ? conflictsOf(file, all) : all.filter((conflict) => conflict.fields.open === true);
  return (await Promise.all(open.map(readDispute))).flat();
}

export function Conflicts({ visit }: { visit: string | null }) {
  const disputes = useLive(`conflicts:${visit ?? ""}`, () => read(visit));
  return (
    <Screen title={say("conflict.title")} back={visit ? to("visit", visit) : "#/"}>
      {disputes?.length === 0 && <Empty>{say("conflict.none")}</Empty>}
      {disputes && disputes.length > 0 && <p class="lead">{say("conflict.explain")}</p>}
      {disputes?.map((dispute) => (
        <DisputeCard key={dispute.conflict.record} dispute={dispute} />
      ))}
    </Screen>
  );
}

function DisputeCard({ dispute }: { dispute: Dispute }) {
  const { conflict, target, options, may, pending } = dispute;
  const field = text(conflict, "field");
  return (
    <article class="card">
      <h2 class="card-title">{dispute.title}</h2>
      {dispute.place && <p class="faint">{dispute.place}</p>}
      <ul class="options">
        {options.map(({ candidate, name, stored }) => (
          <li key={candidate.entry} class={stored ? "stored" : ""}>
            <Tag tone={stored ? "calm" : "warn"}>
              {say(stored ? "conflict.stored" : "conflict.candidate")}
            </Tag>
            <p class="option-value">{valueWords(field, candidate.value)}</p>
            <p class="faint">
              {say("conflict.by", { name, time: writeMoment(candidate.made_at, context.clock.now()) })}
            </p>
            {may && !pending && (
              <Button
                onPress={async () => {
                  if (await settle(conflict, target, field, candidate.value)) {
                    notice.value = { text: say("conflict.chosen"), tone: "done" };
                  }
                }}
              >
                {say("conflict.choose")}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {pending && <p class="hint">{say("conflict.pending")}</p>}
      {!may && <p class="hint">{say("conflict.lead_only")}</p>}
    </article>
  );
}
