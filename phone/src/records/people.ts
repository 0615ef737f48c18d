/** Names for identifiers: who wrote something, which unit, which campaign is running. */
import type { View } from "../outbox/overlay";
import { inForce, type Reader, text } from "./reader";

export async function nameOf(reader: Reader, person: string): Promise<string> {
  return text(await reader.one(person), "full_name");
}

export function isRunning(campaign: View, day: string): boolean {
  return text(campaign, "starts_on") <= day && day <= text(campaign, "ends_on") && inForce(campaign);
}

/** Campaigns not yet over, the running ones first. */
export async function currentCampaigns(reader: Reader, day: string): Promise<View[]> {
  const campaigns = (await reader.all("campaign")).filter(
    (view) => inForce(view) && text(view, "ends_on") >= day,
  );
  return campaigns.sort((left, right) => text(left, "starts_on").localeCompare(text(right, "starts_on")));
}
