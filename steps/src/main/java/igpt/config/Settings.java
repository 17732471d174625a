package igpt.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code name=value} as typed. */
public final class Settings {
    private Settings() {}

    /** @throws UsageException if one is not of that form, or is given twice */
    public static Map<String, String> parse(List<String> settings) {
        var given = new LinkedHashMap<String, String>();
        for (var setting : settings) {
            int equals = setting.indexOf('=');
            if (equals <= 0) {
                throw new UsageException("'" + setting + "' is not name=value");
            }
            var name = setting.substring(0, equals);
            if (given.put(name, setting.substring(equals + 1)) != null) {
                throw new UsageException("parameter '" + name + "' is given twice");
            }
        }
        return given;
    }
}
