package igpt.schema.lock;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
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
        return proxy(Connection.class, new Late());
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(
                Proxy.newProxyInstance(LateConnections.class.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private static boolean asks(@Nullable Object[] arguments) {
        var sql = String.valueOf(arguments[0]).toLowerCase(Locale.ROOT);
        return ASKS.matcher(sql).matches() && !LOCKS.matcher(sql).matches();
    }

    private static @Nullable Object call(Method method, Object target, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException failure) {
            throw failure.getTargetException();
        }
    }

    /** One thread's, as every connection. */
    private final class Late implements InvocationHandler {
        private boolean autoCommit = true;
        private boolean readOnly;
        private boolean closed;
        private int isolation = Connection.TRANSACTION_READ_COMMITTED; // both databases' own
        private boolean counted;
        private @Nullable Connection target;

        @Override
        public @Nullable Object invoke(Object self, Method method, @Nullable Object @Nullable [] arguments)
                throws Throwable {
            switch (method.getName()) {
                case "equals":
                    return arguments != null && self == arguments[0];
                case "hashCode":
                    return System.identityHashCode(self);
                case "toString":
                    return "late " + target;
                case "unwrap":
                case "isWrapperFor":
                    break;
                case "getAutoCommit":
                    return autoCommit;
                case "setAutoCommit":
                    autoCommit = (boolean) first(arguments);
                    if (target != null) {
                        target.setAutoCommit(autoCommit);
                    }
                    return null;
                case "isReadOnly":
                    return readOnly;
                case "setReadOnly":
                    readOnly = (boolean) first(arguments);
                    return null;
                case "getTransactionIsolation":
                    return isolation;
                case "setTransactionIsolation":
                    isolation = (int) first(arguments);
                    return null;
                case "clearWarnings":
                    return null;
                case "commit":
                case "rollback":
                    if (target == null) {
                        return null;
                    }
                    over();
                    break;
                case "isClosed":
                    return closed;
                case "close":
                    closed = true;
                    over();
                    if (target != null) {
                        target.close();
                    }
                    return null;
                case "prepareStatement":
                    if (target == null && arguments != null && asks(arguments)) {
                        return alone(method, arguments);
                    }
                    break;
                default:
                    break;
            }
            return call(method, begin(), arguments);
        }

        private Object first(@Nullable Object @Nullable [] arguments) {
            return Objects.requireNonNull(Objects.requireNonNull(arguments)[0]);
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

        private void over() {
            if (counted) {
                counted = false;
                begun.set(begun.get() - 1);
            }
        }

        /** With a connection that goes back when the statement is closed. */
        private Object alone(Method method, @Nullable Object[] arguments) throws Throwable {
            var connection = opener.open(source, false);
            try {
                var statement = (Statement) Objects.requireNonNull(call(method, connection, arguments));
                return proxy(PreparedStatement.class, new Alone(statement, connection));
            } catch (Throwable failure) {
                connection.close();
                throw failure;
            }
        }
    }

    private record Alone(Statement statement, Connection connection) implements InvocationHandler {
        @Override
        public @Nullable Object invoke(Object self, Method method, @Nullable Object @Nullable [] arguments)
                throws Throwable {
            switch (method.getName()) {
                case "equals":
                    return arguments != null && self == arguments[0];
                case "hashCode":
                    return System.identityHashCode(self);
                case "close":
                    try (connection) {
                        statement.close();
                    }
                    return null;
                default:
                    return call(method, statement, arguments);
            }
        }
    }
}
