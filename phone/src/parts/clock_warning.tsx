/** A phone whose clock is wrong writes wrong days: said on the screens where work begins. */
import { context } from "../phone";
import { clockError } from "../sync/clock";
import { say } from "../words/index";
import { ClockIcon } from "./icons";
import { useShown } from "./live";
import { Banner } from "./pieces";

export function ClockWarning() {
  const ahead = useShown("clock", () => clockError(context)) ?? 0;
  if (ahead === 0) return null;
  const minutes = Math.round(Math.abs(ahead) / 60_000);
  return (
    <Banner tone="warn">
      <ClockIcon />
      <span class="grow">
        <strong>{say(ahead > 0 ? "clock.ahead" : "clock.behind", { minutes })}</strong>
        <span>{say("clock.advice")}</span>
      </span>
    </Banner>
  );
}
