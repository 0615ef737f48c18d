/** The words of photos and of joining a visit by its code, in both languages, brought along by the screens that show them. */
import { englishPhotos } from "./en_photos";
import { teach } from "./index";
import { vietnamesePhotos } from "./vi_photos";

teach({ vi: vietnamesePhotos, en: englishPhotos });
