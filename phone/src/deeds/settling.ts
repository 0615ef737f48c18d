/** Settling a conflict: an ordinary edit of the field, naming the candidates that were read. */
import type { View } from "../outbox/overlay";
import { ruleOf } from "../protocol/kinds";
import type { Fields, Json } from "../protocol/types";
import { act } from "./act";

export interface Candidate {
  value: Json;
  user: string;
  device: string;
  made_at: string;
  entry: string;
}

function readCandidate(value: Json | undefined): Candidate | null {
  if (value === null || value === undefined || typeof value !== "object" || Array.isArray(value)) return null;
  const word = (name: string): string => (typeof value[name] === "string" ? (value[name] as string) : "");
  return {
    value: value.value ?? null,
    user: word("user"),
    device: word("device"),
    made_at: word("made_at"),
    entry: word("entry"),
  };
}

export function storedOf(conflict: View): Candidate | null {
  return readCandidate(conflict.fields.stored);
}

export function candidatesOf(conflict: View): Candidate[] {
  const list = conflict.fields.candidates;
  return Array.isArray(list) ? list.flatMap((each) => readCandidate(each) ?? []) : [];
}

/** What a conflict speaks of is a field or a group; a group's value is an object of its members. */
function asFields(kind: string, key: string, value: Json): Fields {
  const members = ruleOf(kind).groups[key];
  if (!members) return { [key]: value };
  const parts = value !== null && typeof value === "object" && !Array.isArray(value) ? value : {};
  return Object.fromEntries(members.map((member) => [member, parts[member] ?? null]));
}

export function settle(conflict: View, target: View, key: string, chosen: Json): Promise<boolean> {
  const settles = candidatesOf(conflict).map(({ entry }) => entry);
  const fields = asFields(target.kind, key, chosen);
  return act({ kind: target.kind, record: target.record, scope: target.scope, fields, settles });
}
