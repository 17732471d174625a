package igpt.schema.lock;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Connections whose transaction begins with the first row that is written. Spring Batch has a transaction around every
 * call of a step, which computes for minutes or hours and writes its rows at the end: with these, no transaction is open
 * while it computes, nor a connection taken, so that a server may be restarted meanwhile, and
 * {@code idle_in_transaction_session_timeout} is for others.
 *
 * <p>What is asked before the first write is asked on its own, as with auto-commit. That is all that READ COMMITTED
 * promises anyway.
 */
public final class LateConnections extends DelegatingDataSource {

    /** Sequences count outside of transactions, so that asking for the next number writes nothing here. */
    private static final Pattern ASKS = Pattern.compile("\\s*(select|values)\\b.*", Pattern.DOTALL);

    private static final Pattern LOCKS =
            Pattern.compile(".*\\bfor\\s+(no\\s+key\\s+)?(update|share|key)\\b.*", Pattern.DOTALL);

    /** Takes a connection from the source. */
    @FunctionalInterface
    public interface Opener {
        /** @param transaction whether to begin one, with {@code autoCommit} off; else the connection is to ask with */
        Connection open(DataSource source, boolean transaction) throws SQLException;
    }

    private final DataSource source;
    private final Opener opener;
    private final ThreadLocal<Integer> begun = ThreadLocal.withInitial(() -> 0);

    public LateConnections(DataSource source, Opener opener) {
        super(source);
        this.source = source;
        this.opener = opener;
    }

    /** Whether a transaction of this thread has begun, so that no long work must follow before its end. */
    public boolean writing() {
        return begun.get() > 0;
    }

    @Override
    public Connection getConnection() {
        var late = new Late();
        return proxy(Connection.class, late::call);
    }

    @FunctionalInterface
    private interface Calls {
        @Nullable
        Object of(Method method, @Nullable Object @Nullable [] arguments) throws Throwable;
    }

    /** Equal to itself alone. */
    private static <T> T proxy(Class<T> type, Calls calls) {
        InvocationHandler handler = (self, method, arguments) -> switch (method.getName()) {
            case "equals" -> arguments != null && self == arguments[0];
            case "hashCode" -> System.identityHashCode(self);
            default -> calls.of(method, arguments);
        };
        return type.cast(
                Proxy.newProxyInstance(LateConnections.class.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private static boolean asks(@Nullable Object sql) {
        var text = String.valueOf(sql).toLowerCase(Locale.ROOT);
        return ASKS.matcher(text).matches() && !LOCKS.matcher(text).matches();
    }

    private static @Nullable Object call(Method method, Object target, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException failure) {
            throw failure.getTargetException();
        }
    }

    /** With a connection that goes back when the statement is closed. */
    private PreparedStatement alone(Method prepare, @Nullable Object[] arguments) throws Throwable {
        var connection = opener.open(source, false);
        try {
            var statement = (PreparedStatement) Objects.requireNonNull(call(prepare, connection, arguments));
            return proxy(PreparedStatement.class, (method, given) -> {
                if (!method.getName().equals("close")) {
                    return call(method, statement, given);
                }
                try (connection) {
                    statement.close();
                }
                return null;
            });
        } catch (Throwable failure) {
            connection.close();
            throw failure;
        }
    }

    /** One thread's, as every connection. */
    private final class Late {
        private boolean autoCommit = true;
        private boolean closed;
        private boolean counted;
        private @Nullable Connection target; // from the first write on

        @Nullable
        Object call(Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
            return switch (method.getName()) {
                case "toString" -> "late " + target;
                case "isClosed" -> closed;
                case "getAutoCommit" -> autoCommit;
                case "setAutoCommit" -> setAutoCommit((boolean) first(arguments));
                case "getTransactionIsolation" -> Connection.TRANSACTION_READ_COMMITTED; // both databases' own
                case "isReadOnly" -> false;
                case "setReadOnly", "clearWarnings" -> null; // hints
                case "commit", "rollback" -> end(method, arguments);
                case "close" -> close();
                case "prepareStatement" ->
                    target == null && arguments != null && asks(arguments[0])
                            ? alone(method, arguments)
                            : LateConnections.call(method, begin(), arguments);
                default -> LateConnections.call(method, begin(), arguments);
            };
        }

        private static Object first(@Nullable Object @Nullable [] arguments) {
            return Objects.requireNonNull(Objects.requireNonNull(arguments)[0]);
        }

        private @Nullable Object setAutoCommit(boolean on) throws SQLException {
            autoCommit = on;
            if (target != null) {
                target.setAutoCommit(on);
            }
            return null;
        }

        private Connection begin() throws SQLException {
            if (closed) {
                throw new SQLException("the connection is closed");
            }
            var now = target;
            if (now == null) {
                now = opener.open(source, !autoCommit);
                target = now;
            }
            if (!autoCommit && !counted) {
                counted = true;
                begun.set(begun.get() + 1);
            }
            return now;
        }

        private @Nullable Object end(Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
            over();
            return target == null ? null : LateConnections.call(method, target, arguments);
        }

        private @Nullable Object close() throws SQLException {
            closed = true;
            over();
            if (target != null) {
                target.close();
            }
            return null;
        }

        private void over() {
            if (counted) {
                counted = false;
                begun.set(begun.get() - 1);
            }
        }
    }
}
