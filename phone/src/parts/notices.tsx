/** The short message after a deed, with the way to undo it. Stays long enough to be read and reached. */
import { useEffect } from "preact/hooks";
import { notice } from "./notice";
import { say } from "../words/index";
import { path } from "./route";
import { AlertIcon, CheckIcon, CrossIcon } from "./icons";

const SHOWN_FOR = 8_000;
const FAULT_SHOWN_FOR = 20_000;

/** A notice given just before leaving a screen comes along; an older one stays behind. */
const STAYS_ACROSS = 800;
let shownSince = 0;

export function Notices() {
  const shown = notice.value;
  const here = path.value;
  useEffect(() => {
    if (Date.now() - shownSince > STAYS_ACROSS) notice.value = null;
  }, [here]);
  useEffect(() => {
    if (!shown) return undefined;
    shownSince = Date.now();
    const handle = window.setTimeout(
      () => {
        if (notice.value === shown) notice.value = null;
      },
      shown.tone === "fault" ? FAULT_SHOWN_FOR : SHOWN_FOR,
    );
    return () => window.clearTimeout(handle);
  }, [shown]);
  return (
    <div class="notices" role="status" aria-live="polite">
      {shown && (
        <div class={`notice ${shown.tone}`}>
          {shown.tone === "fault" ? <AlertIcon /> : <CheckIcon />}
          <span class="grow">{shown.text}</span>
          {shown.undo && (
            <button type="button" class="notice-action" onClick={() => void shown.undo?.()}>
              {say("action.undo")}
            </button>
          )}
          <button
            type="button"
            class="notice-close"
            aria-label={say("action.close")}
            onClick={() => {
              notice.value = null;
            }}
          >
            <CrossIcon size={20} />
          </button>
        </div>
      )}
    </div>
  );
}
