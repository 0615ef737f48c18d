/** Where the data key is while the phone is unlocked, and nowhere else. */

export class VaultLocked extends Error {
  override name = "VaultLocked";
}

/** Rows opened lately, by place; a row is the same as long as its nonce is. Bounded, and gone with the key. */
interface Opened {
  nonce: string;
  text: string;
}

/** Characters of all remembered rows together: what a district's establishments and checklists come to, twice. */
const MOST_REMEMBERED = 8_000_000;
/** Each row counts for this much more: its place, its nonce, its entry. */
const ENTRY = 100;

export class Safe {
  private held: Uint8Array | null = null;
  private readonly opened = new Map<string, Opened>();
  private size = 0;

  recall(place: string, nonce: string): string | undefined {
    const found = this.opened.get(place);
    return found?.nonce === nonce ? found.text : undefined;
  }

  remember(place: string, nonce: string, text: string): void {
    this.forget(place);
    this.opened.set(place, { nonce, text });
    this.size += text.length + ENTRY;
    for (const oldest of this.opened.keys()) {
      if (this.size <= MOST_REMEMBERED) return;
      this.forget(oldest);
    }
  }

  private forget(place: string): void {
    const known = this.opened.get(place);
    if (!known) return;
    this.opened.delete(place);
    this.size -= known.text.length + ENTRY;
  }

  get isOpen(): boolean {
    return this.held !== null;
  }

  /** Throws VaultLocked while nobody has given the PIN. */
  key(): Uint8Array {
    if (!this.held) throw new VaultLocked("the vault is locked");
    return this.held;
  }

  open(key: Uint8Array): void {
    this.held = key.slice();
  }

  close(): void {
    this.held?.fill(0);
    this.opened.clear();
    this.size = 0;
    this.held = null;
  }
}
