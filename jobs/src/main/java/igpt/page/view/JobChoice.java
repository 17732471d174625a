package igpt.page.view;

import igpt.config.Preset;
import java.util.List;

/** A job that can be launched. */
public record JobChoice(String name, String summary, List<Preset> presets) {}
