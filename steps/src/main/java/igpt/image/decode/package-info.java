/** How the bytes of a picture become a small square of pixels: decoders, orientation, colours, areas. */
@NullMarked
package igpt.image.decode;

import org.jspecify.annotations.NullMarked;
