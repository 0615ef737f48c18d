/** One checklist of a visit: its items by group, each answered with one tap or one entry. */
import "../look/visits.css";
import { useState } from "preact/hooks";
import type { View } from "../outbox/overlay";
import { Button } from "../parts/buttons";
import { CheckIcon } from "../parts/icons";
import { useShown } from "../parts/live";
import { Empty, Meter } from "../parts/pieces";
import { to } from "../parts/route";
import { Screen } from "../parts/screen";
import { reader } from "../phone";
import { examine, type Standing } from "../records/asking";
import { type Item, itemsOf } from "../records/checklists";
import { text } from "../records/reader";
import {
  answersTo,
  isGiven,
  photographedIn,
  type Progress,
  progressIn,
  readVisit,
  type VisitFile,
} from "../records/visits";
import { inLanguage, say } from "../words/index";
import "../words/visits";
import { AnswerCard } from "./answer_card";
import { nameOf } from "./checklist_name";

export function Checklist({ visit, checklist }: { visit: string; checklist: string }) {
  const file = useShown(`checklist:${visit}`, () => readVisit(reader.value, visit));
  const found = file?.checklists.find((each) => each.record === checklist);
  if (!file || !found) {
    return (
      <Screen title={say("visit.checklists")} back={to("visit", visit)}>
        {file && <Empty>{say("state.not_found")}</Empty>}
      </Screen>
    );
  }
  const items = itemsOf(found);
  const progress = progressIn(file, found);
  const standing = examine(items, file.answers, text(file.visit, "visited_on"), photographedIn(file));
  const asked = items.filter((item) => isAsked(item, file, standing));
  return (
    <Screen
      title={nameOf(found, file.checklists)}
      subtitle={text(file.establishment, "name")}
      back={to("visit", visit)}
      bar={<NextBar items={asked} file={file} progress={progress} standing={standing} />}
    >
      {groupsOf(asked).map(([group, members]) => (
        <section key={group} class="group">
          <h2>{heading(group, members[0]?.group_en)}</h2>
          {members.map((item) => (
            <ItemAnswers key={item.id} item={item} file={file} checklist={found} standing={standing} />
          ))}
        </section>
      ))}
    </Screen>
  );
}

/** An item is asked when it is asked about any subject, or about none. */
function isAsked(item: Item, file: VisitFile, standing: Standing): boolean {
  const subjects = answersTo(item, file.answers).map((answer) => text(answer, "subject"));
  return ["", ...subjects].some((subject) => standing.asks(item, subject));
}

function heading(group: string, english: string | undefined): string {
  const words = inLanguage(group, english);
  return words ? words.charAt(0).toUpperCase() + words.slice(1) : say("answer.group.none");
}

/** Groups in the order in which they first appear, however the items are interleaved. */
function groupsOf(items: readonly Item[]): [string, Item[]][] {
  const groups = new Map<string, Item[]>();
  for (const item of items) groups.set(item.group, [...(groups.get(item.group) ?? []), item]);
  return [...groups];
}

/** The item's answer, or one card per subject where it was asked of several. */
function ItemAnswers({
  item,
  file,
  checklist,
  standing,
}: {
  item: Item;
  file: VisitFile;
  checklist: View;
  standing: Standing;
}) {
  const [added, setAdded] = useState<string[]>([]);
  const answers = answersTo(item, file.answers);
  const known = answers.map((answer) => text(answer, "subject"));
  const named = [...new Set([...known, ...added])].filter(Boolean);
  const every = named.length === 0 || known.includes("") ? ["", ...named] : named;
  const subjects = every.filter((subject) => standing.asks(item, subject));
  return (
    <>
      {subjects.map((subject) => (
        <AnswerCard
          key={subject}
          item={item}
          file={file}
          checklist={checklist}
          subject={subject}
          taken={known}
          answer={answers.find((answer) => text(answer, "subject") === subject)}
          onAddSubject={(name) => setAdded([...added, name])}
          last={subject === subjects.at(-1)}
          outside={standing.breaks(item, subject)}
        />
      ))}
    </>
  );
}

interface NextBarProps {
  items: Item[];
  file: VisitFile;
  progress: Progress;
  standing: Standing;
}

function NextBar({ items, file, progress: { done, total }, standing }: NextBarProps) {
  const label = say("visit.progress", { done, total });
  const photographed = photographedIn(file);
  const next = items.find(
    (item) =>
      !answersTo(item, file.answers).some(
        (answer) => isGiven(item, answer, photographed) && !standing.breaks(item, text(answer, "subject")),
      ),
  );
  return (
    <div class="next-bar">
      <Meter done={done} total={total} label={label} />
      {next ? (
        <Button
          look="primary"
          onPress={() => {
            const card = document.getElementById(`item-${next.id}`);
            card?.scrollIntoView({ block: "center" });
            card?.querySelector<HTMLElement>("button, input, textarea")?.focus({ preventScroll: true });
          }}
        >
          {say("answer.next")}
        </Button>
      ) : (
        <span class="all-done">
          <CheckIcon /> {say("answer.all_done")}
        </span>
      )}
    </div>
  );
}
