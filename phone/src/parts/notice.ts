/** The short message that stands on the screen after a deed. */
import { signal } from "@preact/signals";

export interface Notice {
  text: string;
  tone: "done" | "fault";
  undo?: () => Promise<unknown>;
}

export const notice = signal<Notice | null>(null);
