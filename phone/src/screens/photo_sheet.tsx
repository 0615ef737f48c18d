/** One photo, large, with its caption and how far it has come. */
import "../look/photos.css";
import { useEffect, useState } from "preact/hooks";
import { act } from "../deeds/act";
import type { View } from "../outbox/overlay";
import { Dialog } from "../parts/dialog";
import { TextField } from "../parts/fields";
import { useShown } from "../parts/live";
import { useAddress } from "../parts/picture";
import { VoidButton } from "../parts/void_button";
import { loadPhoto } from "../photos/loading";
import { context, me, reader } from "../phone";
import { nameOf } from "../records/people";
import { text } from "../records/reader";
import type { PhotoRow } from "../store/database";
import { writeMoment } from "../words/figures";
import { say } from "../words/index";
import "../words/visits";
import "../words/photos";
import { photoState, uploadWords } from "./photo_words";

interface PhotoSheetProps {
  view: View;
  row: PhotoRow | undefined;
  onClose: () => void;
}

export function PhotoSheet({ view, row, onClose }: PhotoSheetProps) {
  const [blob, setBlob] = useState<Blob | null | undefined>(undefined);
  const [caption, setCaption] = useState<string | null>(null);
  const address = useAddress(blob ?? null);
  const author = view.authors.sha256?.user ?? me();
  const name = useShown(`name:${author}`, () => nameOf(reader.value, author));
  useEffect(() => void loadPhoto(view.record).then(setBlob), [view.record]);
  const time = writeMoment(text(view, "taken_at"), context.clock.now());

  const leave = async (typed: string): Promise<void> => {
    const changed = { caption: typed.trim() || null };
    if (await act({ kind: "evidence", record: view.record, scope: view.scope, fields: changed }))
      setCaption(null);
  };

  return (
    <Dialog title={say("photo.title")} onClose={onClose}>
      {address && <img class="photo-large" src={address} alt={text(view, "caption") || say("photo.title")} />}
      {blob === null && <p class="hint">{say("photo.not_here")}</p>}
      <p class="faint">
        {author === me() ? say("photo.taken", { time }) : say("photo.taken_by", { name: name ?? "", time })}
        {" · "}
        {photoState(view, row)}
      </p>
      {row?.state === "refused" && row.error && <p class="fault">{uploadWords(row.error)}</p>}
      <TextField
        label={say("photo.caption")}
        value={caption ?? text(view, "caption")}
        maximum={1000}
        onInput={setCaption}
        onLeave={(typed) => void leave(typed)}
      />
      <VoidButton
        view={view}
        label={say("photo.void")}
        text={say("violation.void.text")}
        confirm={say("photo.void.confirm")}
        done={say("photo.voided")}
        onDone={onClose}
      />
    </Dialog>
  );
}
