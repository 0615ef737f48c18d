/** The photos of an answer, a violation or a visit, and the two ways to add one. */
import "../look/visits.css";
import "../look/photos.css";
import { useState } from "preact/hooks";
import { addPhotos } from "../deeds/photographing";
import type { Intention } from "../outbox/making";
import type { View } from "../outbox/overlay";
import { AlertIcon, CameraIcon, CheckIcon, ClockIcon, PictureIcon } from "../parts/icons";
import { useShown } from "../parts/live";
import { Thumbnail } from "../parts/picture";
import { database } from "../phone";
import { photosOf, type VisitFile } from "../records/visits";
import type { PhotoRow } from "../store/database";
import { say } from "../words/index";
import "../words/photos";
import { PhotoSheet } from "./photo_sheet";
import { photoState } from "./photo_words";

interface PhotosProps {
  file: VisitFile;
  /** The record shown; null for the visit as a whole. */
  subject: string | null;
  /** What must exist before a photo can be of it. */
  before?: Intention[];
  /** Without the ways to add one. */
  shownOnly?: boolean;
}

async function readLocal(visit: string): Promise<Map<string, PhotoRow>> {
  const rows = await database.photos.where("visit").equals(visit).toArray();
  return new Map(rows.map((row) => [row.evidence, row]));
}

export function Photos({ file, subject, before = [], shownOnly = false }: PhotosProps) {
  const { visit } = file;
  const [open, setOpen] = useState<string | null>(null);
  const local = useShown(`photos:${visit.record}`, () => readLocal(visit.record));
  const shown = photosOf(file, subject);
  const opened = shown.find((view) => view.record === open);
  const add = (files: File[]) =>
    addPhotos({ scope: visit.scope, visit: visit.record, subject, before }, files);
  return (
    <div class="photos">
      {shown.length > 0 && (
        <ul class="photo-list">
          {shown.map((view, index) => (
            <li key={view.record}>
              <Tile
                view={view}
                row={local?.get(view.record)}
                label={say("photo.number", { number: index + 1 })}
                onOpen={() => setOpen(view.record)}
              />
            </li>
          ))}
        </ul>
      )}
      {!visit.voided && !shownOnly && (
        <div class="card-tools">
          <Picker camera onPick={add} />
          <Picker onPick={add} />
        </div>
      )}
      {opened && (
        <PhotoSheet view={opened} row={local?.get(opened.record)} onClose={() => setOpen(null)} />
      )}
    </div>
  );
}

function Tile({
  view,
  row,
  label,
  onOpen,
}: {
  view: View;
  row: PhotoRow | undefined;
  label: string;
  onOpen: () => void;
}) {
  const there = row ? row.state === "stored" || row.state === "sent" : view.fields.stored === true;
  const Mark = row?.state === "refused" ? AlertIcon : there ? CheckIcon : ClockIcon;
  const state = photoState(view, row);
  return (
    <button type="button" class="photo" aria-label={`${label}. ${state}`} onClick={onOpen}>
      {row ? <Thumbnail bytes={row.thumbnail} label="" /> : <PictureIcon size={32} />}
      <span class={`photo-mark ${row?.state === "refused" ? "bad" : there ? "good" : ""}`}>
        <Mark size={16} />
      </span>
    </button>
  );
}

function Picker({ camera, onPick }: { camera?: boolean; onPick: (files: File[]) => Promise<void> }) {
  const [busy, setBusy] = useState(false);
  const Mark = camera ? CameraIcon : PictureIcon;
  return (
    <label class="button quiet picker" aria-busy={busy}>
      <input
        type="file"
        accept="image/*"
        class="unseen"
        disabled={busy}
        multiple={!camera}
        {...(camera ? { capture: "environment" } : {})}
        onChange={async (event) => {
          const input = event.currentTarget;
          const files = [...(input.files ?? [])];
          setBusy(true);
          await onPick(files).finally(() => setBusy(false));
          // Without this the same file could not be chosen twice.
          input.value = "";
        }}
      />
      <Mark size={20} /> {say(camera ? "photo.take" : "photo.choose")}
    </label>
  );
}
