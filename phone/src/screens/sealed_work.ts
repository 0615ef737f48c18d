/** The sealed file of what is not on the server, shared where the phone can, downloaded where it cannot. */
import { notice } from "../parts/notice";
import { context, database } from "../phone";
import { withOffset } from "../protocol/time";
import { sealedFile } from "../vault/sealed_file";
import { say } from "../words/index";
import "../words/pin";

const TYPE = "application/json";

export async function saveSealedWork(): Promise<void> {
  const now = withOffset(context.clock.now());
  try {
    const parts = await sealedFile(database, now);
    if (!parts) {
      notice.value = { text: say("sealed.none"), tone: "done" };
      return;
    }
    const name = `niem-phong-${now.slice(0, 16).replace(/[-:]/g, "").replace("T", "-")}.json`;
    const file = new File(parts, name, { type: TYPE });
    if (navigator.canShare?.({ files: [file] })) {
      await navigator.share({ files: [file], title: name });
    } else download(file);
    notice.value = { text: say("sealed.saved"), tone: "done" };
  } catch (fault) {
    if (fault instanceof DOMException && fault.name === "AbortError") return;
    console.error(fault);
    notice.value = { text: say("sealed.failed"), tone: "fault" };
  }
}

function download(file: File): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = file.name;
  link.click();
  window.setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
