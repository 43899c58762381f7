package io.vperf.export.prometheus;

import java.nio.charset.StandardCharsets;

/** What is answered to a request. Immutable. */
final class Answer {

    private final int status;
    private final String type;
    private final boolean gzip;
    private final byte[] body;

    /**
     * An answer.
     *
     * @param status of HTTP
     * @param type of the body
     * @param gzip whether the body is compressed
     * @param body not to be changed any more
     */
    Answer(int status, String type, boolean gzip, byte[] body) {
        this.status = status;
        this.type = type;
        this.gzip = gzip;
        this.body = body;
    }

    static Answer text(int status, String text) {
        return new Answer(status, "text/plain; charset=utf-8", false, (text + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** What goes ahead of the body. */
    byte[] head() {
        return ("HTTP/1.1 " + status + " " + reason() + "\r\nContent-Type: " + type + "\r\nContent-Length: "
                        + body.length + (gzip ? "\r\nContent-Encoding: gzip" : "")
                        + (status == 405 ? "\r\nAllow: GET, HEAD" : "")
                        + "\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    int status() {
        return status;
    }

    /** Not to be changed. */
    byte[] body() {
        return body;
    }

    private String reason() {
        return switch (status) {
            case 200 -> "OK";
            case 400 -> "Bad Request";
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            case 431 -> "Request Header Fields Too Large";
            case 503 -> "Service Unavailable";
            default -> "Internal Server Error";
        };
    }
}
