package igpt.page.view;

import igpt.schema.run.Run;
import java.util.List;
import java.util.Map;

/**
 * A page of the list.
 *
 * @param asked by the names of the form's fields
 * @param here the address of this page, first that of the newest, next that of the older ones, which may be empty
 */
public record RunList(
        List<Run> runs,
        List<String> jobs,
        List<String> statuses,
        Map<String, String> asked,
        String here,
        String first,
        String next,
        boolean older,
        boolean live) {
    public boolean filtered() {
        return asked.values().stream().anyMatch(value -> !value.isBlank());
    }
}
