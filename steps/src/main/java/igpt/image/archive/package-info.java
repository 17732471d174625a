/** CIFAR, STL-10 and IDX: images in few files of fixed layout, packed or not. */
@NullMarked
package igpt.image.archive;

import org.jspecify.annotations.NullMarked;
