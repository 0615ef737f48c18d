/** The shopkeeper's copy as one file that opens anywhere without a network. */
import { notice } from "../parts/notice";
import { say } from "../words/index";

const STYLE =
  "body{font:16px/1.45 serif;max-width:48rem;margin:1rem auto;padding:0 1rem;color:#000;background:#fff}" +
  "header{text-align:center}table{width:100%;border-collapse:collapse;margin:.5rem 0}caption{text-align:left;font-weight:bold}" +
  "th,td{border:1px solid #777;padding:.3rem;text-align:left;font-weight:normal;vertical-align:top}" +
  ".noted{display:block;font-size:.875em}.drawn{width:16rem;display:block}.drawn path{fill:none;stroke:#14306e;stroke-width:9}" +
  ".squares{width:12rem;display:block}footer{margin-top:1rem}section,.side{break-inside:avoid}";

export function copyAsFile(sheet: HTMLElement, name: string): File {
  const page =
    `<!doctype html><html lang="vi"><head><meta charset="utf-8">` +
    `<meta name="viewport" content="width=device-width,initial-scale=1"><title>${say("minutes.heading")}</title>` +
    `<style>${STYLE}</style></head><body>${sheet.outerHTML}</body></html>`;
  return new File([page], name, { type: "text/html" });
}

/** Whether this phone can pass files to other apps (messages, Bluetooth, a printer). */
export function canShare(): boolean {
  const probe = new File([""], "probe.html", { type: "text/html" });
  return typeof navigator.canShare === "function" && navigator.canShare({ files: [probe] });
}

export async function share(file: File): Promise<void> {
  try {
    await navigator.share({ files: [file], title: say("minutes.title") });
    notice.value = { text: say("minutes.shared"), tone: "done" };
  } catch (fault) {
    // Closing the sheet of apps is no fault; anything else still leaves the file to be kept.
    if (!(fault instanceof DOMException && fault.name === "AbortError")) download(file);
  }
}

export function download(file: File): void {
  const address = URL.createObjectURL(file);
  const link = document.createElement("a");
  link.href = address;
  link.download = file.name;
  link.click();
  window.setTimeout(() => URL.revokeObjectURL(address), 60_000);
  notice.value = { text: say("minutes.downloaded"), tone: "done" };
}
