/** Screens that are not needed at once come in a file of their own, kept offline with the rest of the app. */
import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";

export function later<Props extends object>(load: () => Promise<ComponentType<Props>>): ComponentType<Props> {
  let loaded: ComponentType<Props> | null = null;
  return function Later(props: Props) {
    const [Shown, setShown] = useState<ComponentType<Props> | null>(() => loaded);
    useEffect(() => {
      if (loaded) return;
      load().then(
        (component) => {
          loaded = component;
          setShown(() => component);
        },
        // The file belongs to a version that another tab has replaced.
        () => window.location.reload(),
      );
    }, []);
    return Shown ? <Shown {...props} /> : null;
  };
}
