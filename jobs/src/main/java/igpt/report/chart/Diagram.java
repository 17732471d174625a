package igpt.report.chart;

import igpt.console.Printable;
import igpt.picture.Lettering;
import java.awt.BasicStroke;
import java.awt.Dimension;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.CubicCurve2D;
import java.awt.geom.Path2D;
import java.awt.geom.RoundRectangle2D;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jfree.svg.SVGGraphics2D;
import org.jfree.svg.SVGHints;

/** Boxes and arrows, from left to right: each box stands to the right of all that lead to it. */
public record Diagram(List<Box> boxes, List<Arrow> arrows) implements Drawing {
    private static final int WIDTH = 140; // of a box
    private static final int HEIGHT = 62;
    private static final int ACROSS = 34; // between boxes
    private static final int DOWN = 14;
    private static final int EDGE = 6;
    private static final double HEAD = 7;
    private static final String BEGIN = "box-";
    private static final String END = "end-of-box-";

    /**
     * @param kind in its first line, and its ink
     * @param name in its second
     * @param maker in its third
     * @param whole what is not is drawn dashed
     */
    public record Box(long id, String kind, String name, String maker, Ink ink, boolean whole) {
        public Box {
            name = Printable.of(name);
        }
    }

    /** Between boxes, by their ids. */
    public record Arrow(long from, long to) {}

    public Diagram {
        boxes = List.copyOf(boxes);
        arrows = List.copyOf(arrows);
    }

    @Override
    public Dimension wide() {
        var columns = columns();
        int rows = columns.values().stream().mapToInt(List::size).max().orElse(0);
        return new Dimension(
                2 * EDGE + columns.size() * (WIDTH + ACROSS) - ACROSS, 2 * EDGE + rows * (HEIGHT + DOWN) - DOWN);
    }

    /** As wide as it is: a page lets its reader push it. */
    @Override
    public Dimension narrow() {
        return wide();
    }

    @Override
    public void draw(Graphics2D graphics, int width, int height) {
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        var places = places(height);
        graphics.setStroke(new BasicStroke(1.3f));
        graphics.setPaint(Ink.MUTED.light());
        arrows.stream()
                .filter(this::isNews)
                .forEach(arrow -> draw(graphics, place(places, arrow.from()), place(places, arrow.to())));
        boxes.forEach(box -> {
            mark(graphics, BEGIN + box.id());
            draw(graphics, box, place(places, box.id()));
            mark(graphics, END + box.id());
        });
    }

    /** An empty group of that name, by which a page finds where a box begins and ends. */
    private static void mark(Graphics2D graphics, String name) {
        if (graphics instanceof SVGGraphics2D svg) {
            svg.setRenderingHint(SVGHints.KEY_BEGIN_GROUP, name);
            svg.setRenderingHint(SVGHints.KEY_END_GROUP, name);
        }
    }

    /**
     * A drawing of it whose boxes are links.
     *
     * @param svg as {@link Pictures} gives it
     * @param addresses by the boxes' ids; they hold nothing that would have to be escaped
     */
    public static String linked(String svg, Map<Long, String> addresses) {
        var linked = svg;
        for (var box : addresses.entrySet()) {
            linked = linked.replace(group(BEGIN + box.getKey()), "<a href=\"" + box.getValue() + "\">")
                    .replace(group(END + box.getKey()), "</a>");
        }
        return linked;
    }

    private static String group(String name) {
        return "<g id='" + name + "'></g>";
    }

    /** Whether no way of several arrows leads from the one to the other: then one more only crosses the others. */
    private boolean isNews(Arrow arrow) {
        return arrows.stream()
                .filter(first -> first.from() == arrow.from() && first.to() != arrow.to())
                .noneMatch(first -> leads(first.to(), arrow.to()));
    }

    private boolean leads(long from, long to) {
        return from == to
                || arrows.stream().filter(arrow -> arrow.from() == from).anyMatch(arrow -> leads(arrow.to(), to));
    }

    private record Place(double x, double y) {}

    private static Place place(Map<Long, Place> places, long box) {
        return Objects.requireNonNull(places.get(box));
    }

    private static void draw(Graphics2D graphics, Place from, Place to) {
        double x = from.x() + WIDTH, y = from.y() + HEIGHT / 2.0;
        double toX = to.x() - HEAD, toY = to.y() + HEIGHT / 2.0;
        double bend = ACROSS * 0.6;
        graphics.draw(new CubicCurve2D.Double(x, y, x + bend, y, toX - bend, toY, toX, toY));
        var head = new Path2D.Double();
        head.moveTo(to.x(), toY);
        head.lineTo(toX, toY - HEAD / 2);
        head.lineTo(toX, toY + HEAD / 2);
        head.closePath();
        graphics.fill(head);
    }

    private static void draw(Graphics2D graphics, Box box, Place place) {
        var shape = new RoundRectangle2D.Double(place.x(), place.y(), WIDTH, HEIGHT, 10, 10);
        graphics.setPaint(Ink.PAPER.light());
        graphics.fill(shape);
        graphics.setPaint(box.ink().light());
        graphics.setStroke(box.whole() ? Style.LINE : Style.DASHES);
        graphics.draw(shape);
        line(graphics, box.kind(), Style.SMALL, Ink.MUTED, place, 18);
        line(graphics, box.name(), Style.FONT, Ink.TEXT, place, 35);
        line(graphics, box.maker(), Style.SMALL, Ink.MUTED, place, 52);
    }

    private static void line(Graphics2D graphics, String text, Font font, Ink ink, Place place, int down) {
        graphics.setPaint(ink.light());
        graphics.setFont(font);
        graphics.drawString(
                Lettering.fitted(text, graphics.getFontMetrics(), WIDTH - 20),
                (float) place.x() + EDGE + 4,
                (float) place.y() + down);
    }

    private Map<Long, Place> places(int height) {
        var places = new TreeMap<Long, Place>();
        columns().forEach((column, boxesOfIt) -> {
            double x = EDGE + column * (WIDTH + ACROSS);
            double y = (height - boxesOfIt.size() * (HEIGHT + DOWN) + DOWN) / 2.0;
            for (var box : boxesOfIt) {
                places.put(box.id(), new Place(x, y));
                y += HEIGHT + DOWN;
            }
        });
        return places;
    }

    /** By column, from the top: each near the middle of what leads to it, so that few arrows cross. */
    private Map<Integer, List<Box>> columns() {
        var columns = boxes.stream()
                .sorted(Comparator.comparingLong(Box::id))
                .collect(Collectors.groupingBy(
                        box -> column(box.id()), TreeMap::new, Collectors.toCollection(ArrayList::new)));
        var heights = new TreeMap<Long, Double>();
        var sorted = new TreeMap<Integer, List<Box>>();
        columns.forEach((column, all) -> {
            Function<Box, Double> wanted = box -> arrows.stream()
                    .filter(arrow -> arrow.to() == box.id())
                    .mapToDouble(arrow -> heights.getOrDefault(arrow.from(), 0.0))
                    .average()
                    .orElse(0);
            var order = all.stream().sorted(Comparator.comparing(wanted)).toList();
            for (int i = 0; i < order.size(); i++) {
                heights.put(order.get(i).id(), i - (order.size() - 1) / 2.0);
            }
            sorted.put(column, order);
        });
        return sorted;
    }

    /** The length of the longest way to it. */
    private int column(long box) {
        return arrows.stream()
                .filter(arrow -> arrow.to() == box)
                .mapToInt(arrow -> 1 + column(arrow.from()))
                .max()
                .orElse(0);
    }
}
