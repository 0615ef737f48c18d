/** The code of a visit, for colleagues to scan; it needs no network on either side. */
import { notice } from "../parts/notice";
import { invitation } from "../joining/joining";
import { Button } from "../parts/buttons";
import { useLive } from "../parts/live";
import { Empty } from "../parts/pieces";
import { to } from "../parts/route";
import { Screen } from "../parts/screen";
import { Squares } from "../parts/squares";
import { reader } from "../phone";
import { text } from "../records/reader";
import { say } from "../words/index";
import "../words/photos";

async function read(visit: string) {
  const from = reader.value;
  const place = await from.one(text(await from.one(visit), "establishment"));
  return { code: await invitation(from, visit), place: text(place, "name") };
}

export function Invite({ visit }: { visit: string }) {
  const found = useLive(`invite:${visit}`, () => read(visit));
  const code = found?.code;
  return (
    <Screen title={say("join.invite")} subtitle={found?.place} back={to("visit", visit)}>
      {found && !code && <Empty>{say("home.not_pulled")}</Empty>}
      {code && (
        <>
          <p class="lead">{say("join.invite.text")}</p>
          <Squares content={code} label={say("join.squares")} />
          <details class="card">
            <summary>{say("join.as_text")}</summary>
            <p class="hint">{say("join.as_text.hint")}</p>
            <textarea class="code" readOnly rows={5} aria-label={say("join.code")} value={code} />
            <Button
              onPress={async () => {
                const done = await navigator.clipboard.writeText(code).then(
                  () => true,
                  () => false,
                );
                notice.value = done
                  ? { text: say("join.copied"), tone: "done" }
                  : { text: say("join.not_copied"), tone: "fault" };
              }}
            >
              {say("join.copy")}
            </Button>
          </details>
        </>
      )}
    </Screen>
  );
}
