package igpt.schema.db;

import igpt.schema.db.OwnedTable.Reference;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The tables that hold what is known of a run, and those of an artifact; each after those that it refers to. They are kept
 * in the runs' folders, rebuilt from there and deleted with the run. No list names them: a table belongs to what the first
 * column of its primary key refers to, or where that refers to nothing, the only column that does; and so on to a run or an
 * artifact.
 */
public final class HistoryTables {
    public static final String RUN = "batch_job_instance";
    public static final String ARTIFACT = "artifact";

    private final List<OwnedTable> ofRun;
    private final List<OwnedTable> ofArtifact;

    HistoryTables(Catalogue catalogue) {
        ofRun = ordered(owned(catalogue, RUN).values());
        ofArtifact = ordered(owned(catalogue, ARTIFACT).values());
        checkComplete(catalogue);
    }

    /** One that only refers to what is kept would keep it from being deleted, and be lost with the database. */
    private void checkComplete(Catalogue catalogue) {
        var kept = all().map(OwnedTable::name).collect(Collectors.toSet());
        for (var table : catalogue.tables()) {
            if (!kept.contains(table)
                    && catalogue.references(table).stream().anyMatch(reference -> kept.contains(reference.table()))) {
                throw new IllegalStateException("the table " + table + " refers to several ("
                        + catalogue.references(table)
                        + "): its primary key has to begin with what its rows belong to");
            }
        }
    }

    public List<OwnedTable> ofRun() {
        return ofRun;
    }

    public List<OwnedTable> ofArtifact() {
        return ofArtifact;
    }

    /** Of a run or an artifact. */
    public Stream<OwnedTable> all() {
        return Stream.concat(ofRun.stream(), ofArtifact.stream());
    }

    /** Whether it is of a run or an artifact. */
    public boolean keeps(String table) {
        return all().anyMatch(one -> one.name().equals(table));
    }

    /** @throws NoSuchElementException if it is of no run */
    public OwnedTable named(String table) {
        return all().filter(one -> one.name().equals(table)).findAny().orElseThrow();
    }

    private static TreeMap<String, OwnedTable> owned(Catalogue catalogue, String root) {
        var found = new TreeMap<String, OwnedTable>();
        var number = catalogue.key(root).get(0);
        found.put(root, table(catalogue, root, new Reference(number, root, number), OwnedTable.parameter()));
        boolean more = true;
        while (more) {
            more = false;
            for (var name : catalogue.tables()) {
                var owner = name.equals(RUN) || name.equals(ARTIFACT)
                        ? Optional.<Reference>empty()
                        : owner(catalogue, name);
                if (!found.containsKey(name)
                        && owner.isPresent()
                        && found.containsKey(owner.get().table())) {
                    var parent = found.get(owner.get().table());
                    found.put(name, table(catalogue, name, owner.get(), through(owner.get(), parent)));
                    more = true;
                }
            }
        }
        return found;
    }

    private static Optional<Reference> owner(Catalogue catalogue, String table) {
        var references = catalogue.references(table);
        var key = catalogue.key(table);
        var first = references.stream()
                .filter(reference -> !key.isEmpty() && reference.column().equals(key.get(0)))
                .findFirst();
        return first.isPresent() || references.size() != 1 ? first : Optional.of(references.get(0));
    }

    /** A column that holds the number itself needs no other table to tell whose the row is. */
    private static String through(Reference owner, OwnedTable parent) {
        return owner.target().equals(parent.owner().column())
                ? parent.owned()
                : "in (select %s from %s where %s)".formatted(owner.target(), parent.name(), parent.ofOne());
    }

    private static OwnedTable table(Catalogue catalogue, String name, Reference owner, String owned) {
        var links = catalogue.references(name).stream()
                .filter(reference -> !reference.equals(owner))
                .filter(reference -> !name.equals(ARTIFACT)) // whose attempt is that of its run
                .toList();
        boolean referred = catalogue.tables().stream()
                .filter(other -> !other.equals(name))
                .flatMap(other -> catalogue.references(other).stream())
                .anyMatch(reference -> reference.table().equals(name));
        return new OwnedTable(
                name,
                catalogue.key(name),
                catalogue.columns(name),
                catalogue.identity(name),
                owner,
                owned,
                links,
                referred);
    }

    private static List<OwnedTable> ordered(Collection<OwnedTable> tables) {
        var ordered = new ArrayList<OwnedTable>();
        var left = new ArrayList<>(tables);
        while (!left.isEmpty()) {
            var next = left.stream()
                    .filter(table -> left.stream().noneMatch(other -> refers(table, other)))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("tables refer to each other: " + left));
            ordered.add(next);
            left.remove(next);
        }
        return List.copyOf(ordered);
    }

    private static boolean refers(OwnedTable table, OwnedTable other) {
        return !table.name().equals(other.name())
                && Stream.concat(Stream.of(table.owner()), table.links().stream())
                        .anyMatch(reference -> reference.table().equals(other.name()));
    }
}
