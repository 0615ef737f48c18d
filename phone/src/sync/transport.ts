/**
 * One way to the server: attaches the token, renews it, packs the body, and turns every status of a whole
 * request into one of a few replies that push and pull can act upon.
 */
import { newIdentifier } from "../outbox/context";
import { renew, usableToken } from "../session/renewal";
import { type Ending, endSession } from "../session/session";
import { problemOf, type Reply, retryAfter, type SyncContext } from "./wire";

const PATIENCE = 60_000;
const WORTH_PACKING = 1024;

async function packed(text: string): Promise<ArrayBuffer> {
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream("gzip"));
  return new Response(stream).arrayBuffer();
}

export class Transport {
  private packing = typeof CompressionStream !== "undefined";

  constructor(private readonly context: SyncContext) {}

  /** POSTs the text as JSON under `path` with the device's token. */
  async post<T>(path: string, text: string): Promise<Reply<T>> {
    const token = await usableToken(this.context);
    return token.kind === "answer" ? this.send<T>(path, text, token.body, true) : token;
  }

  private async send<T>(path: string, text: string, token: string, mayRenew: boolean): Promise<Reply<T>> {
    const { context } = this;
    const pack = this.packing && text.length > WORTH_PACKING;
    let response: Response;
    try {
      response = await context.fetch(context.origin + path, {
        method: "POST",
        body: pack ? await packed(text) : text,
        headers: {
          "Content-Type": "application/json",
          Accept: "application/json",
          "Accept-Language": context.language(),
          Authorization: `Bearer ${token}`,
          "X-Request-Id": newIdentifier(context),
          ...(pack ? { "Content-Encoding": "gzip" } : {}),
        },
        signal: AbortSignal.timeout(PATIENCE),
      });
      if (response.ok) return { kind: "answer", body: (await response.json()) as T };
    } catch {
      return { kind: "unreachable" };
    }
    return this.judge<T>(response, path, text, token, mayRenew, pack);
  }

  private async judge<T>(
    response: Response,
    path: string,
    text: string,
    token: string,
    mayRenew: boolean,
    wasPacked: boolean,
  ): Promise<Reply<T>> {
    const { context } = this;
    const { status } = response;
    if (status === 401 && mayRenew) {
      const renewed = await renew(context, token);
      return renewed.kind === "answer" ? this.send<T>(path, text, renewed.body, false) : renewed;
    }
    if (status === 415 && wasPacked) {
      this.packing = false;
      return this.send<T>(path, text, token, mayRenew);
    }
    const problem = await problemOf(response);
    if (status === 401) return this.end("expired");
    if (problem.code === "device_revoked") return this.end("revoked");
    if (problem.code === "device_cloned") return this.end("cloned");
    if (status === 413) return { kind: "too_large" };
    if (status === 429 || status >= 500) {
      return { kind: "later", seconds: await retryAfter(response, context.clock.now()), code: problem.code };
    }
    return { kind: "refused", status, problem };
  }

  private async end<T>(ending: Ending): Promise<Reply<T>> {
    await endSession(this.context.database, ending);
    return { kind: "ended", ending };
  }
}
