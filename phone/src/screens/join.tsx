/** Joining a visit that a colleague has opened: by scanning the code, or by pasting it as text. */
import { useState } from "preact/hooks";
import { act } from "../deeds/act";
import { notice } from "../parts/notice";
import { join } from "../joining/joining";
import { Button } from "../parts/buttons";
import { TextField } from "../parts/fields";
import { Camera } from "../parts/camera";
import { replace } from "../parts/route";
import { Screen } from "../parts/screen";
import { reader } from "../phone";
import { say } from "../words/index";
import "../words/photos";

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
