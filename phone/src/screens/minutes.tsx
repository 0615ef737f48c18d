/** The visit record on the phone: read before signing, handed over afterwards, no network needed. */
import { useRef } from "preact/hooks";
import { canShare, copyAsFile, download, share } from "../minutes/handing_over";
import { readMinutes } from "../minutes/gathering";
import { readable, Sheet } from "../minutes/sheet";
import { Button } from "../parts/buttons";
import { useLive } from "../parts/live";
import { Banner, Empty } from "../parts/pieces";
import { to } from "../parts/route";
import { Screen } from "../parts/screen";
import { context, reader } from "../phone";
import "../words/minutes";
import { say } from "../words/index";

async function read(visit: string) {
  const minutes = await readMinutes(reader.value, visit);
  return minutes && { minutes, words: await readable(reader.value, minutes.content) };
}

export function MinutesScreen({ visit }: { visit: string }) {
  const found = useLive(`minutes:${visit}`, () => read(visit));
  const sheet = useRef<HTMLDivElement>(null);
  const back = to("visit", visit, "finish");
  if (!found) {
    return (
      <Screen title={say("minutes.title")} back={back}>
        {found === null && <Empty>{say("state.not_found")}</Empty>}
      </Screen>
    );
  }
  const { minutes, words } = found;
  const file = (): File | null => {
    const article = sheet.current?.querySelector("article");
    const name = `${say("minutes.file")}-${String(minutes.content.visit.visited_on)}-${minutes.digest.slice(0, 8)}.html`;
    return article ? copyAsFile(article as HTMLElement, name) : null;
  };
  const withFile = (use: (file: File) => unknown) => () => {
    const made = file();
    return made && use(made);
  };
  return (
    <Screen title={say(minutes.signed ? "minutes.copy" : "minutes.title")} back={back}>
      {minutes.amended && <Banner tone="warn">{say("minutes.amended")}</Banner>}
      {minutes.signed ? (
        <div class="tools no-print">
          {canShare() && (
            <Button look="primary" onPress={withFile(share)}>
              {say("minutes.share")}
            </Button>
          )}
          <Button onPress={() => window.print()}>{say("minutes.print")}</Button>
          <Button look={canShare() ? "plain" : "primary"} onPress={withFile(download)}>
            {say("minutes.download")}
          </Button>
        </div>
      ) : (
        <Banner tone="calm">{say("minutes.not_yet")}</Banner>
      )}
      <div ref={sheet}>
        <Sheet minutes={minutes} words={words} now={context.clock.now()} />
      </div>
    </Screen>
  );
}
