package igpt.image;

/** As the source gives it; if it gives no validation images, they are split off the training images later. */
public enum Split {
    TRAIN,
    VALIDATION,
    TEST
}
