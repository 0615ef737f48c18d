/** A sheet that asks something: the browser's own modal dialog, which keeps the focus inside and gives it back. */
import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";
import { say } from "../words/index";
import { Button } from "./buttons";
import { CrossIcon } from "./icons";

interface DialogProps {
  title: string;
  children: ComponentChildren;
  onClose: () => void;
}

export function Dialog({ title, children, onClose }: DialogProps) {
  const sheet = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const element = sheet.current;
    if (!element) return undefined;
    element.showModal();
    return () => element.close();
  }, []);
  return (
    <dialog
      ref={sheet}
      class="sheet"
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => {
        if (event.target === sheet.current) onClose();
      }}
    >
      <div class="sheet-body">
        <header class="sheet-head">
          <h2 id={id} tabIndex={-1} autofocus>
            {title}
          </h2>
          <button type="button" class="icon-button" aria-label={say("action.close")} onClick={onClose}>
            <CrossIcon />
          </button>
        </header>
        {children}
      </div>
    </dialog>
  );
}

interface ConfirmProps {
  title: string;
  text: string;
  confirm: string;
  cancel?: string;
  danger?: boolean;
  onConfirm: () => unknown;
  onClose: () => void;
}

export function Confirm({ title, text, confirm, cancel, danger, onConfirm, onClose }: ConfirmProps) {
  return (
    <Dialog title={title} onClose={onClose}>
      <p>{text}</p>
      <div class="actions">
        <Button look="plain" onPress={onClose}>
          {cancel ?? say("action.cancel")}
        </Button>
        <Button look={danger ? "danger" : "primary"} onPress={onConfirm}>
          {confirm}
        </Button>
      </div>
    </Dialog>
  );
}
