package igpt.launch;

import com.sun.jna.Library;
import com.sun.jna.Native;

/** The C library's own copy of the environment, which TensorFlow reads; Java's is another. */
final class CLibrary {
    private interface Functions extends Library {
        int setenv(String name, String value, int overwrite);
    }

    private CLibrary() {}

    /** Before any code reads it. */
    static void setEnvironment(String name, String value) {
        Native.load("c", Functions.class).setenv(name, value, 1);
    }
}
