/** What this person may do, as the server's table of permissions grants it; the server decides in the end. */
import type { Person } from "../session/session";
import { inForce, type Reader, text, texts } from "./reader";

/** Roles as pulled, which are newer than those of the sign-in. */
async function rolesOf(reader: Reader, person: Person): Promise<readonly string[]> {
  const record = await reader.one(person.id);
  return record ? texts(record, "roles") : person.roles;
}

/**
 * Whether the person may settle conflicts in the scope: a manager everywhere, a lead (by role) in the campaigns the
 * person is assigned to and among the establishments, an administrator in the reference data.
 */
export async function maySettle(reader: Reader, person: Person, scope: string): Promise<boolean> {
  const roles = new Set(await rolesOf(reader, person));
  const [place, id = ""] = scope.split(":");
  if (place === "reference") return roles.has("administrator");
  if (roles.has("manager")) return true;
  if (!roles.has("lead")) return false;
  return place === "establishments" || (place === "campaign" && isAssigned(reader, id, person.id));
}

async function isAssigned(reader: Reader, campaign: string, person: string): Promise<boolean> {
  const assignments = await reader.children("assignment", campaign);
  return assignments.some((view) => inForce(view) && text(view, "person") === person);
}

/** The person who leads the team of a campaign, or "" where none or several are named. */
export async function leadOf(reader: Reader, campaign: string): Promise<string> {
  const assignments = (await reader.children("assignment", campaign)).filter(
    (view) => inForce(view) && text(view, "duty") === "lead",
  );
  const [only] = assignments;
  return only && assignments.length === 1 ? text(only, "person") : "";
}
