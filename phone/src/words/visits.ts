/** The words of campaigns, establishments and visits, in both languages, brought along by the screens that show them. */
import { englishVisits } from "./en_visits";
import { teach } from "./index";
import { vietnameseVisits } from "./vi_visits";

teach({ vi: vietnameseVisits, en: englishVisits });
