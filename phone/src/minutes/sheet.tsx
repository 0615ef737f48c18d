/** The visit record as people read it, before and after signing: rendered from its content and nothing else. */
import type { ComponentChildren } from "preact";
import { instrumentJudgement, packageJudgement } from "../measurement/judging";
import "../look/minutes.css";
import { Drawing } from "../parts/drawing_pad";
import { Squares } from "../parts/squares";
import type { Strokes } from "../parts/strokes";
import type { View } from "../outbox/overlay";
import type { Fields } from "../protocol/types";
import { holdsOn, type Item, itemsOf } from "../records/checklists";
import { instrumentName } from "../records/measurements";
import { type Reader, text } from "../records/reader";
import { actName, legalBasis } from "../records/violations";
import { writeDay, writeDecimal, writeMoment } from "../words/figures";
import "../words/minutes";
import { inLanguage, say, sayNamed } from "../words/index";
import "../words/visits";
import { codeOf, type Content, fingerprint } from "./content";
import type { Minutes } from "./gathering";

interface Line {
  words: string;
  subject: string;
  result: string;
  noted: string;
}

/** What the content names by id, in words; answers in the order in which their checklists ask. */
export interface Readable {
  groups: { title: string; lines: Line[] }[];
  violations: { name: string; basis: string; fields: Fields }[];
}

export async function readable(reader: Reader, content: Content): Promise<Readable> {
  const checklists = (await reader.all("checklist")).filter((view) => view.voided === null);
  const byId = new Map(checklists.map((view) => [view.record, view]));
  const groups = new Map<string, { title: string; lines: { place: number; line: Line }[] }>();
  for (const answer of Object.values(content.parts.answer ?? {})) {
    const edition = byId.get(String(answer.checklist ?? ""));
    const items = edition ? itemsOf(edition) : [];
    const place = items.findIndex((item) => item.id === answer.item);
    const item = items[place];
    const title = edition ? inLanguage(edition.fields.title_vi, edition.fields.title_en) : "";
    const value = answer.value ? `${writeDecimal(String(answer.value))} ${String(answer.unit ?? "")}`.trim() : "";
    const day = answer.day ? writeDay(String(answer.day)) : "";
    const said = [value, chosenIn(item, answer.chosen), day, ...TOLD.map((name) => plain(answer[name]))];
    const line: Line = {
      words: item ? inLanguage(item.text_vi, item.text_en) : String(answer.item),
      subject: String(answer.subject ?? ""),
      result: answer.result ? sayNamed("answer", String(answer.result)) : "",
      noted: said.filter(Boolean).join("; "),
    };
    if (!line.result && !line.noted) continue;
    const group = groups.get(title) ?? { title, lines: [] };
    group.lines.push({ place, line });
    groups.set(title, group);
  }
  const acts = (await reader.all("violation_type")).filter((view) => view.voided === null);
  const violations = Object.values(content.parts.violation ?? {}).map((fields) => {
    const act =
      acts.find((view) => view.record === fields.violation_type) ??
      acts.find((view) => text(view, "code") === fields.code && holdsOn(view, String(content.visit.visited_on)));
    return { name: act ? `${String(fields.code)}: ${actName(act)}` : "", basis: act ? legalBasis(act) : "", fields };
  });
  return {
    groups: [...groups.values()].map(({ title, lines }) => ({
      title,
      lines: lines.sort((left, right) => left.place - right.place).map(({ line }) => line),
    })),
    violations,
  };
}

const TOLD = ["text", "reason", "note"] as const;

/** The labels of the options that were chosen. */
function chosenIn(item: Item | undefined, chosen: unknown): string {
  const labels = new Map(item?.options.map((option) => [option.name, inLanguage(option.label_vi, option.label_en)]));
  return Array.isArray(chosen) ? chosen.map((name) => labels.get(String(name)) ?? String(name)).join(", ") : "";
}

function plain(value: unknown): string {
  return Array.isArray(value) ? value.join(", ") : typeof value === "string" ? value : "";
}

function Block({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <section>
      <h3>{title}</h3>
      {children}
    </section>
  );
}

interface SheetProps {
  minutes: Minutes;
  words: Readable;
  now: number;
}

export function Sheet({ minutes, words, now }: SheetProps) {
  const { content } = minutes;
  const { visit, campaign, establishment } = content;
  const photos = Object.keys(content.parts.evidence ?? {}).length;
  return (
    <article class="minutes" lang="vi">
      <header>
        <p class="nation">
          <strong>{say("minutes.nation")}</strong>
          <br />
          {say("minutes.motto")}
        </p>
        <h2>{say("minutes.heading")}</h2>
        {campaign.decision_number && <p>{say("minutes.decision", { number: String(campaign.decision_number) })}</p>}
        <p class={minutes.signed ? "mark" : "mark draft"}>{say(minutes.signed ? "minutes.signed" : "minutes.draft")}</p>
      </header>
      <p>
        {writeDay(String(visit.visited_on))}
        {visit.started_at && ` · ${say("minutes.began", { time: writeMoment(String(visit.started_at), now) })}`}
        {visit.finished_at && ` · ${say("minutes.ended", { time: writeMoment(String(visit.finished_at), now) })}`}
      </p>
      <Block title={say("minutes.team")}>
        <ul>
          {content.team.map((each, index) => (
            <li key={index}>{memberWords(each as Fields)}</li>
          ))}
        </ul>
      </Block>
      <Block title={say("minutes.establishment")}>
        <p>
          <strong>{String(establishment.name ?? "")}</strong>
          {[establishment.address, content.unit, establishment.owner, establishment.licence_number]
            .filter(Boolean)
            .map((each) => ` · ${String(each)}`)
            .join("")}
        </p>
        <p>{say("minutes.representative", { name: String(visit.representative ?? "—") })}</p>
      </Block>
      <Block title={say("minutes.findings")}>
        {words.groups.map(({ title, lines }) => (
          <table key={title}>
            <caption>{title}</caption>
            <tbody>
              {lines.map((line, index) => (
                <tr key={index}>
                  <th scope="row">
                    {line.words}
                    {line.subject && ` (${line.subject})`}
                    {line.noted && <span class="noted">{line.noted}</span>}
                  </th>
                  <td>{line.result}</td>
                </tr>
              ))}
            </tbody>
          </table>
        ))}
        {visit.note && (
          <p>
            {say("minutes.note")}: {String(visit.note)}
          </p>
        )}
      </Block>
      <Measured content={content} />
      <Block title={say("minutes.violations")}>
        {words.violations.length === 0 && <p>{say("minutes.no_violations")}</p>}
        <ol>
          {words.violations.map(({ name, basis, fields }, index) => (
            <li key={index}>
              {name || plain(fields.description)}
              {name && fields.description && <span class="noted">{plain(fields.description)}</span>}
              {basis && <span class="noted">{basis}</span>}
              {fields.due_on && (
                <span class="noted">{say("minutes.due", { day: writeDay(String(fields.due_on)) })}</span>
              )}
            </li>
          ))}
        </ol>
      </Block>
      {content.parts.measure && (
        <Block title={say("minutes.measures")}>
          <ul>
            {Object.entries(content.parts.measure).map(([record, fields]) => (
              <li key={record}>
                {sayNamed("measure.type", String(fields.measure_type))}{" "}
                {[fields.quantity ? writeDecimal(String(fields.quantity)) : "", fields.quantity_unit, fields.note]
                  .filter(Boolean)
                  .join(" ")}
              </li>
            ))}
          </ul>
        </Block>
      )}
      {photos > 0 && <p>{say("minutes.photos", { count: photos })}</p>}
      <Block title={say("minutes.opinion")}>
        <p>{String(visit.opinion ?? say("minutes.no_opinion"))}</p>
      </Block>
      {minutes.signed && (
        <Block title={say("minutes.signatures")}>
          {minutes.signatures.map((signature) => (
            <Signed key={signature.record} signature={signature} now={now} />
          ))}
        </Block>
      )}
      {minutes.signed && (
        <footer>
          <Squares content={codeOf(String(visit.id), minutes.digest)} label={say("minutes.squares")} ecc="M" />
          <p>
            {say("minutes.code")}: <strong class="fingerprint">{fingerprint(minutes.digest)}</strong>
            <br />
            {say("minutes.code.text")}
          </p>
        </footer>
      )}
    </article>
  );
}

function memberWords(member: Fields): string {
  return [member.name, member.position, member.agency].filter(Boolean).map(String).join(", ");
}

const JUDGES = { package_check: packageJudgement, instrument_check: instrumentJudgement } as const;

function Measured({ content }: { content: Content }) {
  const day = String(content.visit.visited_on);
  const rows = ["package_check", "instrument_check", "sample"].flatMap((kind) =>
    Object.entries(content.parts[kind] ?? {}).map(([record, fields]) => ({ kind, record, fields })),
  );
  if (rows.length === 0) return null;
  return (
    <Block title={say("minutes.measured")}>
      <ul>
        {rows.map(({ kind, record, fields }) => {
          const judge = JUDGES[kind as keyof typeof JUDGES];
          const verdict = judge ? sayNamed("measuring.verdict", judge(fields, day).verdict) : "";
          const weights = plain(fields.weights) || plain(fields.indications);
          return (
            <li key={record}>
              {[measuredName(kind, fields), verdict].filter(Boolean).join(": ")}
              {weights && <span class="noted">{weights}</span>}
            </li>
          );
        })}
      </ul>
    </Block>
  );
}

function measuredName(kind: string, fields: Fields): string {
  const name = kind === "instrument_check" ? instrumentName(String(fields.instrument)) : plain(fields.product);
  return [name, plain(fields.subject), plain(fields.maker)].filter(Boolean).join(", ");
}

function Signed({ signature, now }: { signature: View; now: number }) {
  const name = text(signature, "name");
  const strokes = Array.isArray(signature.fields.strokes) ? (signature.fields.strokes as Strokes) : [];
  const witnesses = plain(signature.fields.witnesses);
  const moment = signature.authors.party?.at ?? parseInt(signature.record.replaceAll("-", "").slice(0, 12), 16);
  return (
    <div class="side">
      <p>
        <strong>{sayNamed("finish", text(signature, "party"))}</strong>
      </p>
      {strokes.length > 0 && <Drawing strokes={strokes} label={say("minutes.drawn", { name })} />}
      <p>
        {[name, text(signature, "position")].filter(Boolean).join(", ")}
        <span class="noted">{writeMoment(moment, now)}</span>
      </p>
      {signature.fields.refused === true && (
        <p>{say("minutes.refused", { reason: text(signature, "refusal_reason") })}</p>
      )}
      {witnesses && <p>{say("minutes.witnesses", { names: witnesses })}</p>}
    </div>
  );
}
