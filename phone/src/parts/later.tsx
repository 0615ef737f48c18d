/**
 * Screens and tools that are not needed at once come in a file of their own, kept offline with the rest of the app. One
 * that cannot be had (a first visit whose line broke before all was kept) says so and can be asked for again.
 */
import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import { say } from "../words/index";
import { Button } from "./buttons";

export function later<Props extends object>(load: () => Promise<ComponentType<Props>>): ComponentType<Props> {
  let loaded: ComponentType<Props> | null = null;
  return function Later(props: Props) {
    const [Shown, setShown] = useState<ComponentType<Props> | null>(() => loaded);
    const [failed, setFailed] = useState(false);
    const ask = (): Promise<void> =>
      load().then(
        (component) => {
          loaded = component;
          setShown(() => component);
        },
        (fault: unknown) => {
          console.error(fault);
          setFailed(true);
        },
      );
    useEffect(() => {
      if (!loaded) void ask();
    }, []);
    if (Shown) return <Shown {...props} />;
    return failed ? <Missing onAgain={ask} /> : null;
  };
}

function Missing({ onAgain }: { onAgain: () => Promise<void> }) {
  return (
    <main class="sign-in">
      <p role="alert">{say("app.part_missing")}</p>
      <Button look="primary" wide onPress={onAgain}>
        {say("app.part_missing.again")}
      </Button>
    </main>
  );
}
