/** The words of measuring, in both languages, brought along by the screens that measure. */
import { englishMeasurement } from "./en_measurement";
import { teach } from "./index";
import { vietnameseMeasurement } from "./vi_measurement";

teach({ vi: vietnameseMeasurement, en: englishMeasurement });
