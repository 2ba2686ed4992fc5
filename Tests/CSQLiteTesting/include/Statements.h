#pragma once

/// From now on, calls `heard` for each statement that runs on a connection which this process opens later: with the
/// path of its database and its text; on the thread of the connection. `EXPLAIN QUERY PLAN` on such a connection tells
/// the plans of what triggers run as well.
void statements_listen(void (*heard)(const char *path, const char *sql));
