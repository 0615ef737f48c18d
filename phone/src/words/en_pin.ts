/** English words of the PIN, the lock, the settings and the work left sealed. */
import type { vietnamesePin } from "./vi_pin";

export const englishPin: Record<keyof typeof vietnamesePin, string> = {
  "pin.label": "PIN",
  "pin.choose.title": "Choose a PIN for this phone",
  "pin.choose.lead":
    "The PIN locks all inspection data on this phone and is asked for each time the app is opened. The office does not know it and cannot bring it back.",
  "pin.choose.hint": "At least 6 digits; no obvious sequence, no birthday.",
  "pin.repeat": "Repeat the PIN",
  "pin.choose.submit": "Set the PIN",
  "pin.fault.short": "The PIN needs at least 6 digits.",
  "pin.fault.digits": "The PIN has digits only.",
  "pin.fault.guessable": "This sequence is easily guessed. Choose another.",
  "pin.fault.different": "The two entries differ.",
  "pin.not_made": "The phone could not write the PIN down. Check the free space and try again.",
  "lock.title": "The app is locked",
  "lock.unlock": "Unlock",
  "lock.wrong":
    "Wrong PIN. Tries left: {left}; then the phone removes the key, and only the office can open unsent work.",
  "lock.wait": "Keep this screen open for another {time}, then try again.",
  "lock.waiting": "Not sent: {count}. It is kept whole on this phone.",
  "lock.sent": "Everything is sent.",
  "lock.forgotten": "PIN forgotten",
  "lock.forgotten.text":
    "The phone removes the key and what it has downloaded. Unsent work ({count}) stays on the phone, but only the office can open it, from the sealed file that you save and hand in. Then sign in again and choose a new PIN.",
  "lock.forgotten.sent":
    "The phone removes the key and what it has downloaded. All you recorded is on the server. Then sign in again and choose a new PIN.",
  "lock.forgotten.confirm": "Remove the key from this phone",
  "lock.now": "Lock now",
  "pin.settings": "PIN and lock",
  "pin.settings.text": "The app locks itself after 5 minutes without a touch.",
  "pin.change": "Change the PIN",
  "pin.present": "Present PIN",
  "pin.next": "New PIN",
  "pin.changed": "The PIN was changed",
  "sealed.save": "Save unsent work as a sealed file",
  "sealed.explain":
    "For a phone that is failing or cannot send: the file holds every unsent operation and photo, and only the office can open it. Hand it to the administrator.",
  "sealed.none": "Nothing is unsent.",
  "sealed.saved": "Sealed file saved",
  "sealed.failed": "The phone could not save the file. Everything is still on the phone.",
  "sealed.left": "Sealed, to be handed to the office: {count}",
  "sealed.left.text":
    "This was not sent under the earlier PIN. This phone cannot open it any more; save the file and hand it to the administrator.",
  "revoked.text":
    "The office has ended this phone's right to send. What it had downloaded was removed. Unsent work is still on this phone, locked by the PIN.",
  "revoked.export": "Save unsent work as a sealed file",
  "settings.copy": "Save unsent work as a sealed file",
  "settings.sign_out.text":
    "Stay until everything is sent. If the phone must go to another person, save the sealed file first: after signing out only the office can open what was not sent.",
  "settings.sign_out.leave": "Leave it sealed and sign out",

  "settings.title": "Settings",
  "settings.storage": "Storage on this phone",
  "settings.storage.persisted": "The phone keeps the data for good.",
  "settings.storage.volatile":
    "The phone may delete the data when space runs out. Please allow it to be kept.",
  "settings.storage.ask": "Allow it to be kept",
  "settings.storage.free": "{used} used, about {free} free.",
  "settings.storage.unknown": "The browser does not tell how much is free.",
  "settings.account": "Account",
  "settings.device": "Device {device}",
  "settings.sign_out": "Sign out",
  "settings.sign_out.unsent": "{count} {count|operation|operations} not sent",
  "settings.sign_out.stay": "Stay and send",
  "settings.records.text": "{records} {records|record|records} loaded.",

  "revoked.title": "This device has been revoked",
  "revoked.sign_in": "Sign in again",
};
