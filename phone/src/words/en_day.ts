/** English words of the day's list. */
import type { vietnameseDay } from "./vi_day";

export const englishDay: Record<keyof typeof vietnameseDay, string> = {
  "home.take_down": "Take down a petition",
  "establishment.take_down": "Take down a petition about it",
  "target.title": "Establishments to inspect",
  "target.progress": "{done}/{total} inspected",
  "target.all": "See the whole list ({count} establishments)",
  "target.none_today": "Your team has no establishment left to inspect today.",
  "target.today": "Today",
  "target.overdue": "Overdue since {day}",
  "target.planned": "Planned for {day}",
  "target.last": "Last visit {day}",
  "target.by_distance": "Order by distance",
  "target.reason.risk": "High risk",
  "target.reason.long_ago": "Not inspected for long",
  "target.reason.never": "Never inspected",
  "target.reason.breach": "Breaches not yet remedied",
  "target.reason.complaint": "Petition or report received",
  "target.reason.chosen": "Chosen for the list",
};
