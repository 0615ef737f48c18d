/** What a checklist is called on the screen. */
import type { View } from "../outbox/overlay";
import { text } from "../records/reader";
import { inLanguage, sayNamed } from "../words/index";
import "../words/visits";

/** Its domain, or its own title where another one is of the same domain. */
export function nameOf(checklist: View, among: readonly View[]): string {
  const domain = text(checklist, "domain");
  const title = inLanguage(checklist.fields.title_vi, checklist.fields.title_en);
  const alone = among.every((view) => view.record === checklist.record || text(view, "domain") !== domain);
  return alone ? sayNamed("domain", domain, title) : title;
}
