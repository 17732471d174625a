/** Folders of pictures, and ImageNet's: each image is a file, each class a folder or an archive. */
@NullMarked
package igpt.image.folder;

import org.jspecify.annotations.NullMarked;
