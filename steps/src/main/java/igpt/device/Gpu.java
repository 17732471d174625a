package igpt.device;

/**
 * An NVIDIA GPU as its driver describes it.
 *
 * @param number as nvidia-smi counts
 * @param uuid {@code GPU-…}
 * @param name {@code NVIDIA H200}
 * @param driver the driver's version, {@code 580.159.03}
 * @param free bytes of its memory that nobody uses
 */
public record Gpu(int number, String uuid, String name, String driver, long free) {

    /** The driver's branch: 580. */
    int branch() {
        return Integer.parseInt(driver.substring(0, driver.indexOf('.')));
    }
}
