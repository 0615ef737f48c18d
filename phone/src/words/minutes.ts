/** The words of the visit record, in both languages, brought along by the screens that show it. */
import { englishMinutes } from "./en_minutes";
import { teach } from "./index";
import { vietnameseMinutes } from "./vi_minutes";

teach({ vi: vietnameseMinutes, en: englishMinutes });
