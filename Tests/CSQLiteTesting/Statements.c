#include "Statements.h"

#include <sqlite3.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

static _Atomic(char *) watched;
static atomic_llong counted;

static int begun(unsigned event, void *database, void *statement, void *text) {
    const char *sql = text;
    const char *file = sqlite3_db_filename(database, "main");
    char *name = atomic_load(&watched);
    (void)event;
    (void)statement;
    // What a trigger runs comes as a comment (sqlite.org/c3ref/c_trace.html).
    if (name && file && strncmp(sql, "--", 2) != 0 && strcmp(file, name) == 0) atomic_fetch_add(&counted, 1);
    return 0;
}

static int trace(sqlite3 *database, char **message, const struct sqlite3_api_routines *routines) {
    (void)message;
    (void)routines;
    return sqlite3_trace_v2(database, SQLITE_TRACE_STMT, begun, database);
}

void statements_count(const char *file) {
    sqlite3_auto_extension((void (*)(void))trace);
    // Another thread may be comparing with the name before: it is not freed.
    atomic_store(&watched, strdup(file));
    atomic_store(&counted, 0);
}

int64_t statements_counted(void) { return atomic_load(&counted); }
