/** The words of the PIN, the lock, the settings and the work left sealed, in both languages, brought along by the screens that show them. */
import { englishPin } from "./en_pin";
import { teach } from "./index";
import { vietnamesePin } from "./vi_pin";

teach({ vi: vietnamesePin, en: englishPin });
