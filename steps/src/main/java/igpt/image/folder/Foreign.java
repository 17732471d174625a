package igpt.image.folder;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What systems and programs put into a folder of photos without being asked: thumbnails above all, which are twins. */
final class Foreign {
    private static final List<String> FOLDERS = List.of(
            "@eadir", // Synology's thumbnails
            "@tmp",
            "@recycle",
            "@recently-snapshot",
            "#recycle",
            "#snapshot",
            "$recycle.bin",
            "recycler",
            "system volume information",
            "lost+found",
            "__macosx", // macOS' second halves of files in a zip
            "__pycache__");

    private static final List<String> FILES =
            List.of("thumbs.db", "ehthumbs.db", "ehthumbs_vista.db", "desktop.ini", ".ds_store", "icon\r");

    private Foreign() {}

    /** What images below a folder of this name are called where they are counted; null if it is a folder like any other. */
    static @Nullable String folder(String name) {
        return isHidden(name) || FOLDERS.contains(name.toLowerCase(Locale.ROOT)) ? "files in " + name : null;
    }

    /** The same of a file that is not looked at. */
    static @Nullable String file(String name) {
        if (FILES.contains(name.toLowerCase(Locale.ROOT))) {
            return "system files";
        }
        return isHidden(name) ? "hidden files" : null;
    }

    /** The same of one that is no picture. */
    static String other(String name) {
        var ending = name.substring(Math.max(0, name.lastIndexOf('.'))).toLowerCase(Locale.ROOT);
        return ending.matches("\\.[a-z0-9]{1,8}") ? ending + " files" : "other files";
    }

    private static boolean isHidden(String name) {
        return name.startsWith(".");
    }
}
