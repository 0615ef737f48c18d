/** The words of what was made on this phone: its kinds, fields, values and refusals, and the places where it waits, in both languages, brought along by the screens that show them. */
import { englishRecords } from "./en_records";
import { teach } from "./index";
import { vietnameseRecords } from "./vi_records";

teach({ vi: vietnameseRecords, en: englishRecords });
