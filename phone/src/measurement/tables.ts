/** The dated figures, from the very files that the server reads. */
import dispenserFile from "../../../inspection/measurement/data/dispensers.json";
import instrumentFile from "../../../inspection/measurement/data/instruments.json";
import packageFile from "../../../inspection/measurement/data/prepackages.json";
import scaleFile from "../../../inspection/measurement/data/scales.json";

interface Band {
  to: string | null;
  percent?: string;
  absolute?: string;
}

export interface ToleranceRule {
  bands: readonly Band[];
  round_up: readonly { to: string | null; step: string }[];
}

export interface Cycle {
  valid_from: string;
  valid_to: string | null;
  months: number | null;
}

export interface Instrument {
  id: string;
  name_vi: string;
  name_en: string;
  tool?: string;
  cycles: readonly Cycle[];
}

export const packages = packageFile;
export const scales = scaleFile;
export const dispensers = dispenserFile;
export const instruments: readonly Instrument[] = instrumentFile.instruments;

export function toleranceRule(dimension: string): ToleranceRule {
  const rules: Record<string, ToleranceRule> = {
    mass: packageFile.tolerances.mass_or_volume,
    volume: packageFile.tolerances.mass_or_volume,
    count: packageFile.tolerances.count,
    length: packageFile.tolerances.length,
    area: packageFile.tolerances.area,
  };
  return rules[dimension] as ToleranceRule;
}

export function instrumentOf(id: string): Instrument | undefined {
  return instruments.find((each) => each.id === id);
}

/** Whether an entry holds on a day (`YYYY-MM-DD`); first and last day count. */
export function inForce(entry: { valid_from: string; valid_to?: string | null }, day: string): boolean {
  return entry.valid_from <= day && (entry.valid_to == null || day <= entry.valid_to);
}
