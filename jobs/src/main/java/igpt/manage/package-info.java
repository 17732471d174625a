/** What commands and the page do with runs that are there, in the same words. */
@NullMarked
package igpt.manage;

import org.jspecify.annotations.NullMarked;
