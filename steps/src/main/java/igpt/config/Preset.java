package igpt.config;

import java.util.Map;

/** A file of {@code config/presets}: a named set of a job's parameters. */
public record Preset(String name, String job, String description, Map<String, String> parameters) {}
