/**
 * Keeps the app's own files, so that it opens without network. It touches GET requests for those files only;
 * everything else, the API above all, goes past it to the network.
 */
export {};
declare const self: ServiceWorkerGlobalScope & {
  __WB_MANIFEST: (string | { url: string; revision: string | null })[];
};

const files = self.__WB_MANIFEST.map((entry) =>
  typeof entry === "string" ? { url: entry, revision: null } : entry,
);
/** Two installations on one host keep their files apart. */
const OURS = `app ${new URL(self.registration.scope).pathname} `;
const CACHE = `${OURS}${hash(files.map(({ url, revision }) => `${url} ${revision ?? ""}`).join("\n"))}`;
const ours = new Set(files.map(({ url }) => new URL(url, self.registration.scope).href));
const PAGE = new URL("index.html", self.registration.scope).href;
/** Where files lie whose names say what is in them. */
const PARTS = new URL("assets/", self.registration.scope).href;

function hash(text: string): string {
  let value = 5381;
  for (const letter of text) value = ((value * 33) ^ (letter.codePointAt(0) ?? 0)) >>> 0;
  return value.toString(36);
}

/** The reader of codes is large, and many phones never need it: it is kept once the app has asked for it. */
const isLate = (url: string): boolean => url.endsWith(".wasm");

self.addEventListener("install", (event) => {
  event.waitUntil(Promise.all([...ours].filter((url) => !isLate(url)).map(keep)));
});

/** A page that the server led elsewhere to is stored anew: browsers refuse a redirected answer to a navigation. */
async function keep(url: string): Promise<void> {
  const answer = await fetch(url, { cache: "reload" });
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
  const { status, statusText, headers } = answer;
  const plain = answer.redirected
    ? new Response(await answer.blob(), { status, statusText, headers })
    : answer;
  await (await caches.open(CACHE)).put(url, plain);
}

self.addEventListener("activate", (event) => {
  const clean = async (): Promise<void> => {
    const names = (await caches.keys()).filter((name) => name.startsWith(OURS) && name !== CACHE);
    // Oldest first. The version before this one stays for tabs that still show it and have not asked for every part.
    await Promise.all(names.slice(0, -1).map((name) => caches.delete(name)));
    await self.clients.claim();
  };
  event.waitUntil(clean());
});

self.addEventListener("message", (event) => {
  if (event.data === "use-now") void self.skipWaiting();
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  const url = new URL(request.url);
  url.search = "";
  url.hash = "";
  const wanted = request.mode === "navigate" && url.href === self.registration.scope ? PAGE : url.href;
  if (ours.has(wanted)) event.respondWith(kept(wanted, request));
  else if (wanted.startsWith(PARTS)) event.respondWith(keptBefore(wanted, request));
});

/** A part of the version before, whose name no file of this one has. */
async function keptBefore(wanted: string, request: Request): Promise<Response> {
  return (await caches.match(wanted)) ?? fetch(request);
}

async function kept(wanted: string, request: Request): Promise<Response> {
  const cache = await caches.open(CACHE);
  const found = await cache.match(wanted);
  if (found) return found;
  const answer = await fetch(request);
  if (isLate(wanted) && answer.ok) await cache.put(wanted, answer.clone());
  return answer;
}
