/** The photos that are on their way to the server, with how far each has come. */
import "../look/photos.css";
import { Button } from "../parts/buttons";
import { useShown } from "../parts/live";
import { Section } from "../parts/pieces";
import { Thumbnail } from "../parts/picture";
import { tryAgain } from "../photos/keeping";
import { progress, sendPhotos } from "../photos/uploads";
import { database, me, reader } from "../phone";
import { text } from "../records/reader";
import type { PhotoRow } from "../store/database";
import { writeBytes } from "../words/figures";
import { say } from "../words/index";
import "../words/records";
import { uploadWords } from "./photo_words";

interface Waiting {
  row: PhotoRow;
  place: string;
}

async function read(): Promise<Waiting[]> {
  const rows = await database.photos.where("state").anyOf("waiting", "refused").sortBy("evidence");
  const from = reader.value;
  return Promise.all(
    rows
      .filter((row) => row.user === me())
      .map(async (row) => {
        const visit = await from.one(row.visit);
        return { row, place: text(await from.one(text(visit, "establishment")), "name") };
      }),
  );
}

export function PhotoQueue() {
  const waiting = useShown(`photo-queue:${me()}`, read);
  if (!waiting || waiting.length === 0) return null;
  return (
    <Section title={`${say("photo.queue")} (${waiting.length})`}>
      <ul class="list">
        {waiting.map(({ row, place }) => (
          <li key={row.evidence} class="row still">
            <span class="photo small">
              <Thumbnail bytes={row.thumbnail} label="" />
            </span>
            <span class="grow">
              <strong>{place || say("kind.evidence")}</strong>
              <Standing row={row} />
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Standing({ row }: { row: PhotoRow }) {
  const sent = progress.value[row.evidence];
  if (sent !== undefined) {
    const label = say("photo.progress", { sent: writeBytes(sent), total: writeBytes(row.size) });
    return (
      <span class="meter">
        <progress value={sent} max={row.size} aria-label={label} />
        <span aria-hidden="true">{label}</span>
      </span>
    );
  }
  const words = row.error ? uploadWords(row.error) : say("photo.after_record");
  return (
    <>
      <span class={row.state === "refused" ? "fault" : "faint"}>{words}</span>
      {row.state === "refused" && (
        <Button onPress={async () => (await tryAgain(database, row.evidence)) > 0 && sendPhotos()}>
          {say("photo.again")}
        </Button>
      )}
    </>
  );
}
