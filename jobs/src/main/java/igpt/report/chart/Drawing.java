package igpt.report.chart;

import java.awt.Dimension;
import java.awt.Graphics2D;

/** What can be drawn at any size that it has room in. In the light colours of {@link Ink}, on paper of any colour. */
public interface Drawing {
    void draw(Graphics2D graphics, int width, int height);

    /** In a wide window, and in files; pixels. */
    Dimension wide();

    /** In a narrow window. */
    Dimension narrow();
}
