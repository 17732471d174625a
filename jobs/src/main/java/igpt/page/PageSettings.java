package igpt.page;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * Where the page is found, and by whom.
 *
 * @param port 0: any that is free
 * @param password as bcrypt; null: whoever is on this machine may use it
 */
public record PageSettings(InetAddress address, int port, @Nullable String password) {}
