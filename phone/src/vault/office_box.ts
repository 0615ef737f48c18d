/** Sealing to the office's recovery key: the box of `protocol/sealing`, with a purpose of its own. */
import { type OfficeBox, type OfficeKey, sealToOffice as seal } from "../protocol/sealing";

export type { OfficeBox, OfficeKey };

const PURPOSE = "inspection phone recovery v1";

export function sealToOffice(office: OfficeKey, content: Uint8Array): Promise<OfficeBox> {
  return seal(office, content, PURPOSE);
}
