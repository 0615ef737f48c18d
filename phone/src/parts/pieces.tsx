/** Small pieces that several screens show. */
import type { ComponentChildren } from "preact";
import type { Standing } from "../outbox/overlay";
import type { VisitStatus } from "../records/visit_lines";
import { say } from "../words/index";
import { AlertIcon, ClockIcon } from "./icons";

export function Empty({ children, mark }: { children: ComponentChildren; mark?: ComponentChildren }) {
  return (
    <div class="empty">
      {mark}
      <p>{children}</p>
    </div>
  );
}

export function Section({
  title,
  aside,
  children,
}: {
  title: string;
  aside?: ComponentChildren;
  children: ComponentChildren;
}) {
  return (
    <section class="section">
      <div class="section-head">
        <h2>{title}</h2>
        {aside}
      </div>
      {children}
    </section>
  );
}

export function Tag({
  tone,
  children,
}: {
  tone: "good" | "bad" | "warn" | "calm";
  children: ComponentChildren;
}) {
  return <span class={`tag ${tone}`}>{children}</span>;
}

/** How far what is shown has come: nothing to say once it is on the server. */
export function StandingMark({ standing }: { standing: Standing }) {
  if (standing === "stored") return null;
  const word = say(`state.${standing}`);
  return (
    <span class={`standing ${standing}`}>
      {standing === "rejected" ? <AlertIcon size={16} /> : <ClockIcon size={16} />}
      {word}
    </span>
  );
}

const STATUS_TONE = {
  planned: "calm",
  open: "warn",
  finished: "good",
  signed: "good",
  voided: "bad",
} as const;

export function StatusTag({ status }: { status: VisitStatus }) {
  return <Tag tone={STATUS_TONE[status]}>{say(`visit.status.${status}`)}</Tag>;
}

export function Meter({ done, total, label }: { done: number; total: number; label: string }) {
  return (
    <div class="meter">
      <progress value={done} max={Math.max(1, total)} aria-label={label} />
      <span aria-hidden="true">{label}</span>
    </div>
  );
}

export function Banner({
  tone,
  children,
  href,
}: {
  tone: "warn" | "bad" | "calm";
  children: ComponentChildren;
  href?: string;
}) {
  return href ? (
    <a class={`banner ${tone}`} href={href}>
      {children}
    </a>
  ) : (
    <div class={`banner ${tone}`}>{children}</div>
  );
}
