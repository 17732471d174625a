package igpt.bench;

/** What bounds the work on a machine. */
enum Ceiling {
    FLOAT32("float32 product"),
    BFLOAT16("bfloat16 product"),
    MEMORY("memory copy");

    private final String words;

    Ceiling(String words) {
        this.words = words;
    }

    @Override
    public String toString() {
        return words;
    }
}
