/**
 * The resumable transfer of one photo (tus 1.0). The address follows from the evidence, so the server is first
 * asked how far it came; only when it knows nothing the upload is begun. The library comes in a file of its own.
 */
import type { DetailedError, Upload } from "tus-js-client";
import { renew, usableToken } from "../session/renewal";
import type { SyncContext } from "../sync/wire";
import { type Answered, judge, type Outcome } from "./answers";
import { MEDIA_TYPE } from "./keeping";
import type { Send, Sending } from "./uploading";

const CHUNK = 256 * 1024;
const RETRIES = [0, 1_000, 3_000];
/** A line that is silent for this long counts as cut. */
const SILENCE = 45_000;

export function sendByTus(context: SyncContext): Send {
  return async (photo, report) => {
    let token = "";
    const carry = async (): Promise<string> => {
      const reply = await usableToken(context);
      if (reply.kind !== "answer") throw new Error(reply.kind);
      token = reply.body;
      return token;
    };
    const endpoint = new URL(`${context.origin}/api/uploads`, window.location.href).href;
    const first = await transfer(endpoint, photo, report, carry);
    if (first.kind !== "unauthenticated") return first;
    const renewed = await renew(context, token);
    return renewed.kind === "answer" ? transfer(endpoint, photo, report, carry) : first;
  };
}

async function transfer(
  endpoint: string,
  { evidence, bytes }: Sending,
  report: (sent: number) => void,
  token: () => Promise<string>,
): Promise<Outcome> {
  const library = await import("tus-js-client").catch(() => null);
  if (!library) return judge(null);
  return new Promise<Outcome>((resolve) => {
    const upload: Upload = new library.Upload(new Blob([bytes], { type: MEDIA_TYPE }), {
      endpoint,
      uploadUrl: `${endpoint}/${evidence}`,
      uploadSize: bytes.byteLength,
      metadata: { evidence },
      chunkSize: CHUNK,
      retryDelays: RETRIES,
      storeFingerprintForResuming: false,
      onBeforeRequest: async (request) => request.setHeader("Authorization", `Bearer ${await token()}`),
      onShouldRetry: (fault) => mayPass(fault) && navigator.onLine,
      onProgress: (sent) => {
        watch();
        report(sent);
      },
      onSuccess: () => end({ kind: "sent" }),
      onError: (fault) => end(judge(answerOf(fault))),
    });
    // Offline the library would stop for good and say nothing; the next round starts it anew.
    const cut = (): void => void upload.abort().finally(() => end(judge(null)));
    let silence = 0;
    const watch = (): void => {
      window.clearTimeout(silence);
      silence = window.setTimeout(cut, SILENCE);
    };
    const end = (outcome: Outcome): void => {
      window.clearTimeout(silence);
      window.removeEventListener("offline", cut);
      resolve(outcome);
    };
    window.addEventListener("offline", cut);
    watch();
    upload.start();
  });
}

/** No answer, another offset than assumed, or another connection that has not let go yet. */
function mayPass(fault: Error | DetailedError): boolean {
  const status = answerOf(fault)?.status ?? 0;
  return status === 0 || status === 409 || status === 423;
}

function answerOf(fault: Error | DetailedError): Answered | null {
  const response = "originalResponse" in fault ? fault.originalResponse : null;
  if (!response) return null;
  return {
    status: response.getStatus(),
    body: response.getBody(),
    retry_after: response.getHeader("Retry-After") ?? null,
  };
}
