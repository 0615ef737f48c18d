/** The server has ended this device. The screen says so plainly; what was recorded stays on the phone. */
import { useState } from "preact/hooks";
import { Button } from "../parts/buttons";
import { AlertIcon } from "../parts/icons";
import { useUnsent } from "../parts/sync_chip";
import { say } from "../words/index";
import "../words/pin";
import { saveSealedWork } from "./sealed_work";
import { SignIn } from "./sign_in";

export function Revoked() {
  const [signing, setSigning] = useState(false);
  const unsent = useUnsent();
  if (signing) return <SignIn />;
  return (
    <main class="sign-in">
      <div class="sign-in-mark bad">
        <AlertIcon size={44} />
      </div>
      <h1>{say("revoked.title")}</h1>
      <p class="lead">{say("revoked.text")}</p>
      {unsent > 0 && <p class="kept">{say("sign_in.kept", { count: unsent })}</p>}
      <div class="stack">
        <Button look="primary" wide onPress={() => setSigning(true)}>
          {say("revoked.sign_in")}
        </Button>
        {unsent > 0 && (
          <Button wide onPress={saveSealedWork}>
            {say("revoked.export")}
          </Button>
        )}
      </div>
    </main>
  );
}
