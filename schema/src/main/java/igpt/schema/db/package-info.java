/** The databases: embedded H2 and PostgreSQL, their migrations, and the runs folder that belongs to one of them. */
@NullMarked
package igpt.schema.db;

import org.jspecify.annotations.NullMarked;
