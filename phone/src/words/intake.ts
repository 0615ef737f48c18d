/** The words of taking down petitions, in both languages, brought along by the screens that show them. */
import { englishIntake } from "./en_intake";
import { teach } from "./index";
import { vietnameseIntake } from "./vi_intake";

teach({ vi: vietnameseIntake, en: englishIntake });
