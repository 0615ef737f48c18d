/** Where the person is, kept in the fragment so that a reload without network finds the place again. */
import { computed, signal } from "@preact/signals";

function current(): string {
  return window.location.hash.replace(/^#/, "") || "/";
}

export const path = signal(current());
export const segments = computed(() => path.value.split("/").filter(Boolean).map(decodeURIComponent));

window.addEventListener("hashchange", () => {
  path.value = current();
});

export function to(...parts: string[]): string {
  return `#/${parts.map(encodeURIComponent).join("/")}`;
}

export function go(...parts: string[]): void {
  window.location.hash = to(...parts);
}

/** Goes to a place that takes the present one's place in the history. */
export function replace(...parts: string[]): void {
  window.location.replace(to(...parts));
}
