/** Which screen is shown where. */
import { Component, type ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import { Button, ButtonLink } from "./parts/buttons";
import { later } from "./parts/later";
import { Notices } from "./parts/notices";
import { Banner } from "./parts/pieces";
import { path, segments } from "./parts/route";
import { guard, session } from "./phone";
import { updateReady, useUpdate } from "./updates";
import { say } from "./words/index";

const Attention = later(() => import("./screens/attention").then((part) => part.Attention));
const NewComplaint = later(() => import("./screens/new_complaint").then((part) => part.NewComplaint));
const Campaign = later(() => import("./screens/campaign").then((part) => part.Campaign));
const Checklist = later(() => import("./screens/checklist").then((part) => part.Checklist));
const ChoosePin = later(() => import("./screens/choose_pin").then((part) => part.ChoosePin));
const Conflicts = later(() => import("./screens/conflicts").then((part) => part.Conflicts));
const Establishment = later(() => import("./screens/establishment").then((part) => part.Establishment));
const Find = later(() => import("./screens/find").then((part) => part.Find));
const Finish = later(() => import("./screens/finish").then((part) => part.Finish));
const InstrumentCheck = later(() =>
  import("./screens/instrument_check").then((part) => part.InstrumentCheck),
);
const Home = later(() => import("./screens/home").then((part) => part.Home));
const Invite = later(() => import("./screens/invite").then((part) => part.Invite));
const Join = later(() => import("./screens/join").then((part) => part.Join));
const Locked = later(() => import("./screens/locked").then((part) => part.Locked));
const Measure = later(() => import("./screens/measures").then((part) => part.Measure));
const MinutesScreen = later(() => import("./screens/minutes").then((part) => part.MinutesScreen));
const NewEstablishment = later(() =>
  import("./screens/new_establishment").then((part) => part.NewEstablishment),
);
const NewViolation = later(() => import("./screens/new_violation").then((part) => part.NewViolation));
const PackageCheck = later(() => import("./screens/package_check").then((part) => part.PackageCheck));
const Queue = later(() => import("./screens/queue").then((part) => part.Queue));
const Revoked = later(() => import("./screens/revoked").then((part) => part.Revoked));
const Sample = later(() => import("./screens/sample").then((part) => part.Sample));
const Settings = later(() => import("./screens/settings").then((part) => part.Settings));
const SignIn = later(() => import("./screens/sign_in").then((part) => part.SignIn));
const Violation = later(() => import("./screens/violation").then((part) => part.Violation));
const Visit = later(() => import("./screens/visit").then((part) => part.Visit));

function place() {
  const [first = "", second = "", third = "", fourth = ""] = segments.value;
  if (first === "find") return <Find />;
  if (first === "establishment")
    return second === "new" ? <NewEstablishment /> : <Establishment record={second} />;
  if (first === "complaint") return <NewComplaint establishment={third} />;
  if (first === "campaign") return <Campaign record={second} />;
  if (first === "queue") return <Queue />;
  if (first === "attention") return <Attention />;
  if (first === "conflicts") return <Conflicts visit={null} />;
  if (first === "settings") return <Settings />;
  if (first === "join") return <Join />;
  if (first === "sign-in") return <SignIn onDone={() => window.history.back()} />;
  if (first === "visit") return placeInVisit(second, third, fourth);
  return <Home />;
}

function placeInVisit(visit: string, part: string, record: string) {
  if (part === "checklist") return <Checklist visit={visit} checklist={record} />;
  if (part === "violation")
    return record === "new" ? <NewViolation visit={visit} /> : <Violation visit={visit} record={record} />;
  if (part === "package") return <PackageCheck visit={visit} record={record} />;
  if (part === "instrument") return <InstrumentCheck visit={visit} record={record} />;
  if (part === "sample") return <Sample visit={visit} record={record} />;
  if (part === "measure") return <Measure visit={visit} record={record} />;
  if (part === "minutes") return <MinutesScreen visit={visit} />;
  if (part === "finish") return <Finish record={visit} />;
  if (part === "conflicts") return <Conflicts visit={visit} />;
  if (part === "invite") return <Invite visit={visit} />;
  return <Visit record={visit} />;
}

export function App() {
  useEffect(() => {
    document.title = say("app.name");
  }, []);
  if (guard.value === "locked") return <Locked />;
  if (session.value === undefined) return <p class="loading">{say("app.loading")}</p>;
  if (session.value === null) return <SignIn />;
  if (guard.value === "none") return <ChoosePin enrolled={null} />;
  if (session.value.ended === "revoked") return <Revoked />;
  return (
    <>
      {session.value.ended && segments.value[0] !== "sign-in" && (
        <Banner tone="warn">
          <span class="grow">{say("sync.sign_in_again")}</span>
          <ButtonLink href="#/sign-in">{say("sign_in.submit")}</ButtonLink>
        </Banner>
      )}
      {updateReady.value && (
        <Banner tone="calm">
          <span class="grow">{say("app.update")}</span>
          <Button onPress={useUpdate}>{say("app.update.use")}</Button>
        </Banner>
      )}
      <Shield key={path.value}>{place()}</Shield>
      <Notices />
    </>
  );
}

/** A screen that fails must not take the app with it: the outbox goes on, and the way home stays open. */
class Shield extends Component<{ children: ComponentChildren }, { failed: boolean }> {
  override state = { failed: false };

  static override getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }

  override componentDidCatch(fault: unknown): void {
    console.error(fault);
  }

  override render() {
    if (!this.state.failed) return this.props.children;
    return (
      <main class="sign-in">
        <p role="alert">{say("app.fault")}</p>
        <ButtonLink look="primary" href="#/">
          {say("app.fault.back")}
        </ButtonLink>
      </main>
    );
  }
}
