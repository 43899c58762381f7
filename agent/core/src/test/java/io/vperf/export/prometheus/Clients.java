package io.vperf.export.prometheus;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Clients as nobody wishes for them, on plain sockets. */
final class Clients {

    private static final int PATIENCE_MS = 60_000;

    private Clients() {}

    static Socket connect(InetSocketAddress to) throws IOException {
        Socket socket = new Socket(to.getAddress(), to.getPort());
        socket.setSoTimeout(PATIENCE_MS);
        return socket;
    }

    static void send(Socket socket, String text) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    /** All that is answered, head and body. */
    static String ask(InetSocketAddress to, String request) throws IOException {
        try (Socket socket = connect(to)) {
            send(socket, request);
            return rest(socket);
        }
    }

    static String rest(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    static String get(InetSocketAddress to, String path) throws IOException {
        return ask(to, "GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n");
    }

    static String body(String answer) {
        return answer.substring(answer.indexOf("\r\n\r\n") + 4);
    }
}
