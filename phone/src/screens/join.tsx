/** Joining a visit that a colleague has opened: by scanning the code, or by pasting it as text. */
import { useEffect, useRef, useState } from "preact/hooks";
import { act, notice } from "../deeds/act";
import { join } from "../joining/joining";
import { type CameraFault, CameraRefused, scan } from "../joining/scanning";
import { Button } from "../parts/buttons";
import { TextField } from "../parts/fields";
import { CameraIcon } from "../parts/icons";
import { replace } from "../parts/route";
import { Screen } from "../parts/screen";
import { reader } from "../phone";
import { say } from "../words/index";

export function Join() {
  const [code, setCode] = useState("");
  const [fault, setFault] = useState("");

  const enter = async (content: string): Promise<void> => {
    const joining = await join(reader.value, content);
    if (joining.kind === "refused") return setFault(say(`join.refused.${joining.why}`));
    const { visit, intentions } = joining;
    if (intentions.length > 0 && !(await act(...intentions))) return undefined;
    notice.value = {
      text: say(intentions.length > 0 ? "join.joined" : "join.already"),
      tone: "done",
    };
    replace("visit", visit);
    return undefined;
  };

  return (
    <Screen title={say("join.title")} back="#/">
      <p class="lead">{say("join.text")}</p>
      <Camera onText={enter} />
      <div class="card">
        <TextField
          label={say("join.code")}
          hint={say("join.code.hint")}
          value={code}
          onInput={(typed) => {
            setCode(typed);
            setFault("");
          }}
          lines={4}
        />
        {fault && (
          <p class="fault" role="alert">
            {fault}
          </p>
        )}
        <Button look="primary" wide disabled={!code.trim()} onPress={() => enter(code)}>
          {say("join.enter")}
        </Button>
      </div>
    </Screen>
  );
}

/** Asks for the camera only when the person wants it. */
function Camera({ onText }: { onText: (text: string) => Promise<void> }) {
  const video = useRef<HTMLVideoElement>(null);
  const [on, setOn] = useState(false);
  const [fault, setFault] = useState<CameraFault | null>(null);
  useEffect(() => {
    const screen = video.current;
    if (!on || !screen) return undefined;
    let stop = (): void => undefined;
    let left = false;
    scan(screen, (text) => {
      setOn(false);
      void onText(text);
    }).then(
      (ending) => {
        stop = ending;
        if (left) ending();
      },
      (refused: unknown) => {
        setOn(false);
        setFault(refused instanceof CameraRefused ? refused.why : "no_reader");
      },
    );
    return () => {
      left = true;
      stop();
    };
  }, [on]);
  return (
    <>
      {on && <video class="camera" ref={video} muted playsInline aria-label={say("join.camera")} />}
      {fault && <p class="hint">{say(`join.${fault}`)}</p>}
      <Button
        wide
        onPress={() => {
          setFault(null);
          setOn(!on);
        }}
      >
        <CameraIcon /> {say(on ? "join.stop" : "join.scan")}
      </Button>
    </>
  );
}
