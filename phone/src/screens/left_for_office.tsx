/** What an ended vault has left on this phone: said wherever somebody looks after unsent work. */
import { Button } from "../parts/buttons";
import { useShown } from "../parts/live";
import { database } from "../phone";
import { leftCount } from "../vault/vault";
import { say } from "../words/index";
import "../words/pin";
import { saveSealedWork } from "./sealed_work";

export function LeftForOffice() {
  const count = useShown("left", () => leftCount(database)) ?? 0;
  if (count === 0) return null;
  return (
    <div class="card">
      <p>
        <strong>{say("sealed.left", { count })}</strong>
      </p>
      <p class="faint">{say("sealed.left.text")}</p>
      <Button wide onPress={saveSealedWork}>
        {say("sealed.save")}
      </Button>
    </div>
  );
}
