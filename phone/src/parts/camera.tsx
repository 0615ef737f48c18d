/** The camera as a reader of codes. */
import "../look/photos.css";
import { useEffect, useRef, useState } from "preact/hooks";
import { type CameraFault, CameraRefused, type Formats, scan } from "../joining/scanning";
import { say } from "../words/index";
import "../words/visits";
import "../words/photos";
import { Button } from "./buttons";
import { CameraIcon } from "./icons";

/** Asks for the camera only when the person wants it. */
export function Camera({
  onText,
  formats = "qr",
}: {
  onText: (text: string) => Promise<void>;
  formats?: Formats;
}) {
  const video = useRef<HTMLVideoElement>(null);
  const [on, setOn] = useState(false);
  const [fault, setFault] = useState<CameraFault | null>(null);
  useEffect(() => {
    const screen = video.current;
    if (!on || !screen) return undefined;
    let stop = (): void => undefined;
    let left = false;
    const found = (text: string): void => {
      setOn(false);
      void onText(text);
    };
    scan(screen, found, formats).then(
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
        <CameraIcon /> {say(on ? "join.stop" : formats === "qr" ? "join.scan" : "answer.scan")}
      </Button>
    </>
  );
}
