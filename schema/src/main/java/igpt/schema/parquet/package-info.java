/** Tokens and features as Parquet files: the only code that knows Parquet. */
@NullMarked
package igpt.schema.parquet;

import org.jspecify.annotations.NullMarked;
