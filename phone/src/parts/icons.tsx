/** Icons, drawn for this app: 24 by 24, in the colour of the text around them. */
import type { ComponentChildren } from "preact";

interface IconProps {
  size?: number;
}

function Icon({ size = 24, children }: IconProps & { children: ComponentChildren }) {
  return (
    <svg
      class="icon"
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      stroke-width="2"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      {children}
    </svg>
  );
}

type Drawing = (props: IconProps) => preact.JSX.Element;
const drawn = (...shapes: string[]): Drawing =>
  function Drawn({ size }: IconProps) {
    return (
      <Icon {...(size === undefined ? {} : { size })}>
        {shapes.map((shape) => (
          <path key={shape} d={shape} />
        ))}
      </Icon>
    );
  };

export const BackIcon = drawn("M15 5l-7 7 7 7");
export const ForwardIcon = drawn("M9 5l7 7-7 7");
export const CheckIcon = drawn("M5 12.5l4.5 4.5L19 7.5");
export const CrossIcon = drawn("M6 6l12 12M18 6L6 18");
export const DashIcon = drawn("M6 12h12");
export const SearchIcon = drawn("M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13z", "M15.5 15.5L20.5 20.5");
export const PlusIcon = drawn("M12 5v14M5 12h14");
export const HomeIcon = drawn("M4 11l8-7 8 7", "M6 9.5V20h12V9.5", "M10 20v-5h4v5");
export const OutboxIcon = drawn("M12 14V4M8 8l4-4 4 4", "M4 13v6h16v-6");
export const SettingsIcon = drawn("M4 7h9M17 7h3M4 17h3M11 17h9", "M15 5v4M9 15v4");
export const CloudDoneIcon = drawn(
  "M7 18a4 4 0 0 1-.6-7.95 6 6 0 0 1 11.5 1.2A3.4 3.4 0 0 1 17.5 18z",
  "M9.5 13.5l2 2 3.5-3.5",
);
export const CloudWaitIcon = drawn(
  "M7 18a4 4 0 0 1-.6-7.95 6 6 0 0 1 11.5 1.2A3.4 3.4 0 0 1 17.5 18z",
  "M12 16v-4M10.3 13.4L12 11.7l1.7 1.7",
);
export const CloudOffIcon = drawn(
  "M9 6.2a6 6 0 0 1 8.9 5.05 3.4 3.4 0 0 1 2 5.2M15 18H7a4 4 0 0 1-.6-7.95",
  "M4 4l16 16",
);
export const SyncIcon = drawn("M19 8a8 8 0 0 0-14-1.5M5 3v4h4", "M5 16a8 8 0 0 0 14 1.5M19 21v-4h-4");
export const AlertIcon = drawn("M12 4l9 16H3z", "M12 10v4.5M12 17.2v.1");
export const SplitIcon = drawn("M12 20v-6M12 14L6 8V4M12 14l6-6V4", "M4 6l2-2 2 2M16 6l2-2 2 2");
export const PenIcon = drawn("M4 20l1-4L16 5l3 3L8 19z", "M13.5 7.5l3 3");
export const NoteIcon = drawn("M5 4h14v12l-4 4H5z", "M8.5 9h7M8.5 13h4");
export const InfoIcon = drawn("M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17z", "M12 11v5M12 7.8v.1");
export const PlaceIcon = drawn(
  "M12 21s-6.5-6-6.5-11a6.5 6.5 0 0 1 13 0C18.5 15 12 21 12 21z",
  "M12 12.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z",
);
export const ShieldIcon = drawn("M12 3l8 3v6c0 5-3.5 8-8 9-4.5-1-8-4-8-9V6z", "M8.5 12l2.5 2.5 4.5-4.5");
export const ClockIcon = drawn("M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16z", "M12 8v4.5l3 2");
export const PeopleIcon = drawn(
  "M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7z",
  "M3 20c0-4 2.5-6 6-6s6 2 6 6",
  "M16 4.5a3.5 3.5 0 0 1 0 6.5M17.5 14.3c2.3.7 3.5 2.6 3.5 5.7",
);
export const TrashIcon = drawn("M5 7h14M9 7V4h6v3M7 7l1 13h8l1-13", "M10.5 11v5M13.5 11v5");
export const CameraIcon = drawn(
  "M4 8h3.5L9 5.5h6L16.5 8H20v11H4z",
  "M12 16.5a3.25 3.25 0 1 0 0-6.5 3.25 3.25 0 0 0 0 6.5z",
);
export const PictureIcon = drawn("M4 5h16v14H4z", "M4 16l4.5-4.5L13 16l3-3 4 4", "M15.5 9.2v.1");
export const CodeIcon = drawn(
  "M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4z",
  "M14 14h2.5v2.5H14zM20 14v3M17 20h3v-.1M14 20v-.1",
);
