package igpt.image;

/** As the source gives it; validation is split off the training images later. */
public enum Split {
    TRAIN,
    TEST
}
