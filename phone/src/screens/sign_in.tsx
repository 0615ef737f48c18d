/** Signing in, at first and again; what was recorded before is never in danger here, and the screen says so. */
import { useState } from "preact/hooks";
import { Button } from "../parts/buttons";
import { TextField, Tick } from "../parts/fields";
import { ShieldIcon } from "../parts/icons";
import { useUnsent } from "../parts/sync_chip";
import { later } from "../parts/later";
import { context, engine, guard, loadSession, session } from "../phone";
import { enrol, type SignInOutcome, signIn } from "../session/signing_in";
import type { Enrolled } from "./choose_pin";
import { inLanguage, language, say } from "../words/index";
import { LanguageChoice } from "./language";

const ChoosePin = later(() => import("./choose_pin").then((part) => part.ChoosePin));
const LeftForOffice = later(() => import("./left_for_office").then((part) => part.LeftForOffice));

function deviceName(): string {
  const agent = navigator.userAgent;
  const make = /iPhone|iPad|Android|Windows|Macintosh|Linux/.exec(agent)?.[0] ?? "";
  return inLanguage("Điện thoại", "Phone") + (make ? ` ${make}` : "");
}

function fault(outcome: SignInOutcome): string {
  switch (outcome.kind) {
    case "wrong_credentials":
      return say("sign_in.wrong");
    case "wait":
      return outcome.seconds === null
        ? say("sign_in.wait_unknown")
        : say("sign_in.wait", { seconds: outcome.seconds });
    case "initial_password":
      return say("sign_in.handed_over");
    case "unreachable":
      return say("sign_in.unreachable");
    case "other_person":
      return say("sign_in.other_person", { name: outcome.name });
    case "refused":
      return say("sign_in.refused", { reason: outcome.message ?? outcome.code });
    default:
      return "";
  }
}

export function SignIn({ onDone }: { onDone?: () => void }) {
  const ended = session.value?.ended ?? null;
  const [username, setUsername] = useState(session.value?.person.username ?? "");
  const [password, setPassword] = useState("");
  const [own, setOwn] = useState<string | null>(null);
  const [shown, setShown] = useState(false);
  const [device, setDevice] = useState(deviceName);
  const [problem, setProblem] = useState("");
  const [enrolled, setEnrolled] = useState<Enrolled | null>(null);
  const unsent = useUnsent();

  const submit = async (): Promise<void> => {
    setProblem("");
    if (!globalThis.crypto?.subtle) {
      setProblem(say("pin.insecure"));
      return;
    }
    const attempt = guard.value === "none" ? enrol : signIn;
    const outcome = await attempt(context, {
      username: username.trim(),
      password,
      new_password: own ?? "",
      device_name: device.trim() || deviceName(),
    });
    if (outcome.kind !== "signed_in") {
      if (outcome.kind === "initial_password") setOwn(own ?? "");
      setProblem(fault(outcome));
      return;
    }
    setPassword("");
    setOwn(null);
    if (guard.value === "none") {
      setEnrolled(outcome);
      return;
    }
    await loadSession();
    engine.request("signed_in");
    onDone?.();
  };

  if (enrolled) return <ChoosePin enrolled={enrolled} />;
  return (
    <main class="sign-in" lang={language.value}>
      <div class="sign-in-mark">
        <ShieldIcon size={44} />
      </div>
      <h1>{say("app.name")}</h1>
      <p class="lead">
        {ended === "expired"
          ? say("sign_in.expired")
          : ended === "cloned"
            ? say("sign_in.cloned")
            : say("sign_in.lead")}
      </p>
      {unsent > 0 && <p class="kept">{say("sign_in.kept", { count: unsent })}</p>}
      <form
        class="card"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <TextField
          label={say("sign_in.username")}
          value={username}
          onInput={setUsername}
          autocomplete="username"
        />
        <TextField
          label={say("sign_in.password")}
          type={shown ? "text" : "password"}
          value={password}
          onInput={setPassword}
          autocomplete="current-password"
        />
        {own !== null && (
          <TextField
            label={say("sign_in.own_password")}
            type={shown ? "text" : "password"}
            value={own}
            onInput={setOwn}
            autocomplete="new-password"
            hint={say("sign_in.own_password_hint")}
          />
        )}
        <Tick checked={shown} onChange={setShown}>
          {say("sign_in.show_password")}
        </Tick>
        <TextField label={say("sign_in.device")} value={device} onInput={setDevice} maximum={120} />
        {problem && (
          <p class="fault" role="alert">
            {problem}
          </p>
        )}
        <Button look="primary" wide disabled={!username || !password || own === ""} onPress={submit}>
          {say("sign_in.submit")}
        </Button>
      </form>
      <LeftForOffice />
      <LanguageChoice />
    </main>
  );
}
