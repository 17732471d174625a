package igpt.testjobs;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Between a program and a server; cuts a connection at a chosen word of the program's, before or after it is obeyed. */
public final class FaultyNetwork implements AutoCloseable {

    /** What becomes of the word at which a connection is cut. */
    public enum Loss {
        /** The server never hears it. */
        QUESTION,
        /** The server obeys, and the program never hears so. */
        ANSWER
    }

    private record Cut(String word, Loss loss) {}

    private final ServerSocket door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final InetSocketAddress server;
    private final AtomicReference<@Nullable Cut> next = new AtomicReference<>();

    public FaultyNetwork(String host, int port) throws IOException {
        server = new InetSocketAddress(host, port);
        daemon(() -> {
            while (true) connect(door.accept());
        });
    }

    public int port() {
        return door.getLocalPort();
    }

    /** Cuts the next connection on which this is said, and no other. */
    public void cutAt(String word, Loss loss) {
        next.set(new Cut(word, loss));
    }

    private void connect(Socket program) throws IOException {
        var behind = new Socket();
        behind.connect(server);
        var cut = new AtomicReference<@Nullable Cut>(); // which this connection has met
        daemon(() -> {
            try (program;
                    behind) {
                for (var said = read(program); said.length > 0; said = read(program)) {
                    var wanted = next.get();
                    if (wanted != null
                            && new String(said, StandardCharsets.ISO_8859_1).contains(wanted.word)
                            && next.compareAndSet(wanted, null)) {
                        if (wanted.loss == Loss.QUESTION) return;
                        cut.set(wanted);
                    }
                    behind.getOutputStream().write(said);
                }
            }
        });
        daemon(() -> {
            try (program;
                    behind) {
                for (var said = read(behind); said.length > 0; said = read(behind)) {
                    if (cut.get() != null) return;
                    program.getOutputStream().write(said);
                }
            }
        });
    }

    private static byte[] read(Socket from) throws IOException {
        var buffer = new byte[65536];
        int length = from.getInputStream().read(buffer);
        return Arrays.copyOf(buffer, Math.max(0, length));
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void daemon(Work work) {
        var thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException closed) {
                // By either end.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        door.close();
    }
}
