/** Form fields with their label, hint and fault tied to them. */
import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import { say } from "../words/index";

interface FieldProps {
  label: string;
  hint?: string | undefined;
  fault?: string | undefined;
  optional?: boolean;
}

interface TextFieldProps extends FieldProps {
  value: string;
  onInput: (value: string) => void;
  onLeave?: (value: string) => void;
  type?: "text" | "password" | "search" | "tel" | "date";
  lines?: number;
  inputMode?: "text" | "decimal" | "numeric" | "search" | "tel";
  placeholder?: string;
  autocomplete?: string;
  maximum?: number;
  suffix?: string;
  autofocus?: boolean;
}

function describedBy(id: string, hint?: string, fault?: string): string | undefined {
  const ids = [hint && `${id}-hint`, fault && `${id}-fault`].filter(Boolean);
  return ids.length > 0 ? ids.join(" ") : undefined;
}

function Frame({
  id,
  label,
  hint,
  fault,
  optional,
  children,
}: FieldProps & { id: string; children: ComponentChildren }) {
  return (
    <div class="field">
      <label for={id}>
        {label}
        {optional && <span class="faint"> ({say("common.optional")})</span>}
      </label>
      {children}
      {hint && (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {fault && (
        <p class="fault" id={`${id}-fault`} role="alert">
          {fault}
        </p>
      )}
    </div>
  );
}

export function TextField(props: TextFieldProps) {
  const id = useId();
  const { value, onInput, onLeave, type = "text", lines, suffix, hint, fault, maximum } = props;
  const shared = {
    id,
    value,
    placeholder: props.placeholder,
    inputMode: props.inputMode,
    maxLength: maximum,
    autoFocus: props.autofocus,
    "aria-invalid": fault ? true : undefined,
    "aria-describedby": describedBy(id, hint, fault),
    onBlur: (event: FocusEvent) => onLeave?.((event.currentTarget as HTMLInputElement).value),
  };
  return (
    <Frame id={id} {...props}>
      {lines ? (
        <textarea {...shared} rows={lines} onInput={(event) => onInput(event.currentTarget.value)} />
      ) : (
        <span class="with-suffix">
          <input
            {...shared}
            type={type as "text"}
            autocomplete={props.autocomplete ?? "off"}
            autocapitalize={type === "text" ? "sentences" : "none"}
            onInput={(event) => onInput(event.currentTarget.value)}
          />
          {suffix && <span class="suffix">{suffix}</span>}
        </span>
      )}
    </Frame>
  );
}

export interface Option {
  value: string;
  label: string;
}

interface SelectProps extends FieldProps {
  value: string;
  options: readonly Option[];
  onChange: (value: string) => void;
}

export function SelectField(props: SelectProps) {
  const id = useId();
  const { value, options, onChange, hint, fault } = props;
  return (
    <Frame id={id} {...props}>
      <select
        id={id}
        value={value}
        aria-invalid={fault ? true : undefined}
        aria-describedby={describedBy(id, hint, fault)}
        onChange={(event) => onChange(event.currentTarget.value)}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value} selected={option.value === value}>
            {option.label}
          </option>
        ))}
      </select>
    </Frame>
  );
}

/** A few choices side by side. Choosing the chosen one again takes it back where `clearable`. */
export function Choices({
  label,
  value,
  options,
  onChange,
  clearable,
}: SelectProps & { clearable?: boolean }) {
  return (
    <fieldset class="choices">
      <legend>{label}</legend>
      <div class="choice-row">
        {options.map((option) => (
          <button
            type="button"
            key={option.value}
            class="choice"
            aria-pressed={option.value === value}
            onClick={() => onChange(clearable && option.value === value ? "" : option.value)}
          >
            {option.label}
          </button>
        ))}
      </div>
    </fieldset>
  );
}

interface TickProps {
  checked: boolean;
  onChange: (checked: boolean) => void;
  children: ComponentChildren;
  disabled?: boolean;
}

export function Tick({ checked, onChange, children, disabled }: TickProps) {
  return (
    <label class="tick">
      <input
        type="checkbox"
        checked={checked}
        disabled={disabled === true}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      <span>{children}</span>
    </label>
  );
}
