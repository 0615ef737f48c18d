/** Opening, describing, finishing, signing and voiding a visit; adding an establishment. */
import type { Fields } from "../protocol/types";
import { withOffset } from "../protocol/time";
import { newIdentifier } from "../outbox/context";
import type { View } from "../outbox/overlay";
import { context, establishmentScope, reader, today } from "../phone";
import { checklistsOf } from "../records/checklists";
import { leadOf } from "../records/rights";
import type { VisitFile } from "../records/visits";
import { say } from "../words/index";
import "../words/visits";
import { act, actUndoable } from "./act";
import { notice } from "../parts/notice";

const now = (): string => withOffset(context.clock.now());

/** The editions in force today that are meant for the establishment: the visit keeps them whatever is published later. */
async function editionsFor(campaign: View, establishment: View): Promise<string[]> {
  const opening: View = { ...campaign, fields: { visited_on: today() } };
  const all = await reader.value.all("checklist");
  return checklistsOf(opening, campaign, establishment, all).map((view) => view.record);
}

/** Opens a visit now; its record identifier, or null when the phone could not write it. */
export async function openVisit(campaign: View, establishment: View): Promise<string | null> {
  const record = newIdentifier(context);
  const unit = establishment.fields.unit;
  const checklists = await editionsFor(campaign, establishment);
  const lead = await leadOf(reader.value, campaign.record);
  const fields: Fields = {
    campaign: campaign.record,
    establishment: establishment.record,
    visited_on: today(),
    visit_type: "routine",
    started_at: now(),
    ...(typeof unit === "string" ? { unit } : {}),
    ...(lead ? { lead } : {}),
    ...(checklists.length > 0 ? { checklists } : {}),
  };
  return (await act({ kind: "visit", record, scope: campaign.scope, fields })) ? record : null;
}

export function describeVisit(visit: View, fields: Fields): Promise<boolean> {
  return actUndoable(say("state.saved"), { kind: "visit", record: visit.record, scope: visit.scope, fields });
}

/** Adds a checklist that was not meant for the establishment; the visit names everything it is made with from then on. */
export function addChecklist({ visit, checklists }: VisitFile, checklist: View): Promise<boolean> {
  return describeVisit(visit, { checklists: [...checklists, checklist].map((view) => view.record) });
}

export function startVisit(visit: View): Promise<boolean> {
  return describeVisit(visit, { started_at: now() });
}

export function finishVisit(visit: View): Promise<boolean> {
  return describeVisit(visit, { finished_at: now() });
}

export function reopenVisit(visit: View): Promise<boolean> {
  return describeVisit(visit, { finished_at: null });
}

export function voidRecord(view: View, reason: string, done: string): Promise<boolean> {
  const fields: Fields = { voided: { reason } };
  return actUndoable(done, { kind: view.kind, record: view.record, scope: view.scope, fields });
}

export function restoreRecord(view: View): Promise<boolean> {
  const fields: Fields = { voided: null };
  return actUndoable(say("visit.restored"), {
    kind: view.kind,
    record: view.record,
    scope: view.scope,
    fields,
  });
}

export async function addEstablishment(fields: Fields): Promise<string | null> {
  const scope = await establishmentScope();
  if (!scope) {
    notice.value = { text: say("home.not_pulled"), tone: "fault" };
    return null;
  }
  const record = newIdentifier(context);
  const done = await act({ kind: "establishment", record, scope, fields: { ...fields, operating: true } });
  return done ? record : null;
}
