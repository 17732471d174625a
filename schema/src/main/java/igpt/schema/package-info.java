/** What is stored: the database, its tables as records, and the questions asked of them. */
@NullMarked
package igpt.schema;

import org.jspecify.annotations.NullMarked;
