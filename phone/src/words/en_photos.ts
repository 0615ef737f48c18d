/** English words of photos and of joining a visit by its code. */
import type { vietnamesePhotos } from "./vi_photos";

export const englishPhotos: Record<keyof typeof vietnamesePhotos, string> = {
  "photo.title": "Photos",
  "photo.take": "Take a photo",
  "photo.choose": "Choose photos",
  "photo.kept": "Photos saved on this phone: {count}",
  "photo.unreadable": "The phone cannot read this file as a picture.",
  "photo.insecure":
    "Photos can be kept only when the app is opened at an https address. Tell the administrator.",
  "photo.number": "Photo {number}",
  "photo.state.waiting": "Not sent",
  "photo.state.sent": "Received by the server",
  "photo.state.stored": "Stored on the server",
  "photo.state.refused": "Not accepted by the server",
  "photo.state.elsewhere": "Photo not here yet",
  "photo.taken": "Taken {time}",
  "photo.taken_by": "Taken by {name}, {time}",
  "photo.caption": "Caption",
  "photo.not_here": "This photo is not on the phone and could not be fetched from the server.",
  "photo.void": "Void this photo",
  "photo.void.confirm": "Void the photo",
  "photo.voided": "Photo voided",
  "photo.queue": "Photos to be sent",
  "photo.progress": "{sent} of {total}",
  "photo.after_record": "Sent once the server has the photo's record",
  "photo.again": "Send the photo again",

  "join.title": "Join a visit by its code",
  "join.text":
    "A colleague opens the visit, chooses “Invite colleagues” and lets this phone scan the code. No network is needed.",
  "join.scan": "Scan with the camera",
  "join.stop": "Stop scanning",
  "join.camera": "Picture of the camera",
  "join.denied": "The camera is not allowed. Allow it in the browser's settings, or paste the code below.",
  "join.no_camera": "The camera cannot be opened. Paste the code below.",
  "join.no_reader": "This phone cannot read codes with its camera. Paste the code below.",
  "join.code": "Code of the visit",
  "join.code.hint": "Paste the code that a colleague sent.",
  "join.enter": "Join the visit",
  "join.joined": "Joined the visit",
  "join.already": "This visit is already on the phone",
  "join.refused.unreadable": "This is not the code of a visit.",
  "join.refused.other_version":
    "The code was made by another version of the app. Update the app on both phones.",
  "join.refused.other_jurisdiction": "This code belongs to another area than the account on this phone.",
  "join.refused.other_campaign":
    "This code belongs to a campaign that the account on this phone is not assigned to.",
  "join.refused.not_pulled": "This phone has not loaded its data yet, so it cannot join.",
  "join.invite": "Invite colleagues",
  "join.invite.text":
    "On the colleague's phone choose “Join a visit by its code” on the screen Today, then scan this code.",
  "join.squares": "QR code of the visit",
  "join.as_text": "Cannot scan?",
  "join.as_text.hint":
    "Copy the code and send it to the colleague in a message or otherwise, to be pasted there.",
  "join.copy": "Copy the code",
  "join.copied": "Code copied",
  "join.not_copied": "The browser does not allow copying. Select the code and copy it.",
};
