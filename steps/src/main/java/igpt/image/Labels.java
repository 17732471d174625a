package igpt.image;

/** Which labels a source gives its images. */
public enum Labels {
    /** The only ones; of CIFAR-100 its 100 classes. */
    FINE,
    /** CIFAR-100's 20 superclasses. */
    COARSE,
    /** Of a folder: the names of the folders in it, even of those that are called like splits. */
    FOLDERS,
    /** None: a folder's images wherever they lie below it. */
    NONE
}
