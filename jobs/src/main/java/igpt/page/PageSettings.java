package igpt.page;

import igpt.config.Nearest;
import igpt.config.UsageException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

/**
 * Where the page is found, and by whom.
 *
 * @param port 0: any that is free
 * @param password as bcrypt; null: whoever is on this machine may use it
 */
public record PageSettings(InetAddress address, int port, @Nullable String password) {
    public static final int PORT = 8080;

    /** The environment variable that holds the password as bcrypt, where no file is named. */
    public static final String VARIABLE = "IGPT_PAGE_PASSWORD";

    private static final List<String> NAMES = List.of("port", "address", "password");
    private static final Pattern BCRYPT = Pattern.compile("\\$2[aby]\\$\\d\\d\\$[./A-Za-z0-9]{53}");
    private static final int LAST_PORT = 65535;
    private static final int SHORTEST = 8; // of passwords
    private static final int LONGEST = 72; // bytes that bcrypt looks at

    /** At a port of this machine, for who is on it. */
    public static PageSettings local(int port) {
        return new PageSettings(InetAddress.getLoopbackAddress(), port, null);
    }

    /**
     * As typed: {@code port=8080}, {@code address=127.0.0.1}, {@code password=FILE}.
     *
     * @param variable what {@link #VARIABLE} holds
     * @throws UsageException if something is wrong, or others would be let in without a password
     */
    public static PageSettings of(Map<String, String> given, @Nullable String variable) {
        for (var name : given.keySet()) {
            if (!NAMES.contains(name)) {
                throw new UsageException("unknown setting '" + name + "'" + Nearest.hint(name, NAMES));
            }
        }
        var address = address(given.getOrDefault("address", "127.0.0.1"));
        var file = given.get("password");
        var password = file != null ? read(file) : variable == null ? null : checked(variable, VARIABLE);
        if (password == null && !address.isLoopbackAddress()) {
            throw new UsageException(
                    "at %s others can come, so a password is needed: ./igpt page --password > page.password, then add password=page.password"
                            .formatted(given.get("address")));
        }
        return new PageSettings(address, port(given.getOrDefault("port", String.valueOf(PORT))), password);
    }

    private static int port(String text) {
        if (!text.matches("\\d{1,5}") || Integer.parseInt(text) > LAST_PORT) {
            throw new UsageException(
                    "port cannot be '%s': it must be a whole number from 0 to %d".formatted(text, LAST_PORT));
        }
        return Integer.parseInt(text);
    }

    private static InetAddress address(String text) {
        try {
            if (!text.isBlank()) {
                return InetAddress.getByName(text);
            }
        } catch (UnknownHostException e) { // as below
        }
        throw new UsageException(
                "address cannot be '" + text + "': it must be one of this machine, as 0.0.0.0 for all");
    }

    private static String read(String file) {
        try {
            return checked(Files.readString(Path.of(file)), file);
        } catch (IOException e) {
            throw new UsageException("cannot read " + file + ": ./igpt page --password > " + file + " makes it", e);
        }
    }

    private static String checked(String text, String where) {
        var hash = text.strip();
        if (!BCRYPT.matcher(hash).matches()) {
            throw new UsageException(where + " holds no password as bcrypt: ./igpt page --password prints one");
        }
        return hash;
    }

    /**
     * A password as it is kept.
     *
     * @throws UsageException if it is too short, or longer than all of it counts
     */
    public static String hash(String password) {
        int bytes = password.getBytes(StandardCharsets.UTF_8).length;
        if (password.length() < SHORTEST || bytes > LONGEST) {
            throw new UsageException("a password has from %d to %d characters".formatted(SHORTEST, LONGEST));
        }
        return Objects.requireNonNull(new BCryptPasswordEncoder().encode(password));
    }
}
