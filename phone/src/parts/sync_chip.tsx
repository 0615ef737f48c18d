/** What is unsent and when the phone last spoke with the server: in sight on every screen. */
import { unsentCount } from "../outbox/outbox";
import { context, database, online, syncStatus } from "../phone";
import { lastSync } from "../sync/cycle";
import { writeMoment } from "../words/figures";
import { say } from "../words/index";
import { CloudDoneIcon, CloudOffIcon, CloudWaitIcon, SyncIcon } from "./icons";
import { useShown } from "./live";

export function useUnsent(): number {
  return useShown("unsent", () => unsentCount(database)) ?? 0;
}

export function useLastSync(): string {
  const moment = useShown("last-sync", () => lastSync(context));
  return moment === undefined ? say("sync.never") : writeMoment(moment, context.clock.now());
}

export function SyncChip() {
  const unsent = useUnsent();
  const last = useLastSync();
  const { running } = syncStatus.value;
  const reachable = online.value && !syncStatus.value.unreachable;
  const Mark = running ? SyncIcon : !reachable ? CloudOffIcon : unsent > 0 ? CloudWaitIcon : CloudDoneIcon;
  const state = unsent > 0 ? say("sync.unsent", { count: unsent }) : say("sync.all_sent");
  return (
    <a class={`chip${unsent > 0 ? " unsent" : ""}`} href="#/queue">
      <span class={running ? "turning" : ""}>
        <Mark size={20} />
      </span>
      <span class="chip-words">
        <strong>{state}</strong>
        <span>{last}</span>
      </span>
      <span class="unseen">{say("sync.open_queue")}</span>
    </a>
  );
}
