package igpt.predict;

/** Comma-separated values (RFC 4180). */
final class Csv {
    private Csv() {}

    static String cell(String text) {
        return text.matches("(?s).*[\",\\r\\n].*") ? '"' + text.replace("\"", "\"\"") + '"' : text;
    }
}
