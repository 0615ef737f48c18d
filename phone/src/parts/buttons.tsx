/** Buttons and links that look like buttons; none smaller than a fingertip. */
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";

type Look = "primary" | "plain" | "quiet" | "danger";

interface ButtonProps {
  children: ComponentChildren;
  look?: Look;
  wide?: boolean;
  disabled?: boolean;
  type?: "button" | "submit";
  onPress?: () => unknown;
  label?: string;
  expanded?: boolean;
}

/** While what a press started is under way the button is busy, so a second tap does nothing. */
export function Button({
  children,
  look = "plain",
  wide,
  disabled,
  type = "button",
  onPress,
  label,
  expanded,
}: ButtonProps) {
  const [busy, setBusy] = useState(false);
  const press = async (): Promise<void> => {
    if (!onPress || busy) return;
    setBusy(true);
    try {
      await onPress();
    } finally {
      setBusy(false);
    }
  };
  return (
    <button
      type={type}
      class={`button ${look}${wide ? " wide" : ""}`}
      disabled={disabled === true}
      aria-busy={busy}
      aria-label={label}
      aria-expanded={expanded}
      onClick={onPress ? () => void press() : undefined}
    >
      {children}
    </button>
  );
}

interface LinkProps {
  children: ComponentChildren;
  href: string;
  look?: Look;
  wide?: boolean;
}

export function ButtonLink({ children, href, look = "plain", wide }: LinkProps) {
  return (
    <a class={`button ${look}${wide ? " wide" : ""}`} href={href}>
      {children}
    </a>
  );
}
