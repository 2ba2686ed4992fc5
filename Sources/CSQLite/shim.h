#pragma once
#include <sqlite3.h>

/// `SQLITE_TRANSIENT` is a cast, which Swift does not import: SQLite copies what is bound before the call returns.
static inline int csqlite_bind_text(sqlite3_stmt *statement, int index, const char *text, int length) {
    return sqlite3_bind_text(statement, index, text, length, SQLITE_TRANSIENT);
}

static inline void csqlite_result_text(sqlite3_context *context, const char *text, int length) {
    sqlite3_result_text(context, text, length, SQLITE_TRANSIENT);
}

static inline int csqlite_bind_blob(sqlite3_stmt *statement, int index, const void *bytes, int length) {
    return sqlite3_bind_blob(statement, index, bytes, length, SQLITE_TRANSIENT);
}

/// `sqlite3_db_config` is variadic; this is its form for switches.
static inline int csqlite_configure(sqlite3 *database, int option, int value) {
    return sqlite3_db_config(database, option, value, (int *)0);
}

/// `sqlite3_config` is variadic; this is its form for switches.
static inline int csqlite_configure_library(int option, int value) {
    return sqlite3_config(option, value);
}
