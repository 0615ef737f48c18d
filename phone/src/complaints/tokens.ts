/**
 * Blind tokens of a petitioner, by which the office notices a repeat and learns no name. The normal form and the rounds are
 * those of `inspection/complaints/marks.py`.
 */
const SALT = new TextEncoder().encode("inspection petitioner mark v1");
const ROUNDS = 200_000;
const SHORTEST = 6;

/** Letters and digits only, without accents and case; đ is d. */
function normalForm(text: string | undefined): string {
  const plain = (text ?? "").normalize("NFKD").toLowerCase().replaceAll("đ", "d");
  return plain.replace(/[^a-z0-9]/g, "");
}

async function derive(form: string): Promise<string> {
  const material = await crypto.subtle.importKey("raw", new TextEncoder().encode(form), "PBKDF2", false, ["deriveBits"]);
  const derivation = { name: "PBKDF2", hash: "SHA-256", salt: SALT, iterations: ROUNDS };
  const bits = new Uint8Array(await crypto.subtle.deriveBits(derivation, material, 256));
  return [...bits].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** One token of name and address together, one of the contact; a part that is empty or too short gives none. */
export async function tokens(identity: Partial<Record<string, string>>): Promise<string[]> {
  const name = normalForm(identity["name"]);
  const address = normalForm(identity["address"]);
  const forms = [name && address ? `person:${name}:${address}` : "", `contact:${normalForm(identity["contact"])}`];
  const told = forms.filter((form) => form.slice(form.indexOf(":") + 1).length >= SHORTEST);
  return Promise.all(told.map(derive));
}
