#include "Statements.h"

#include <sqlite3.h>
#include <stdatomic.h>
#include <stddef.h>

static _Atomic(void (*)(const char *, const char *)) listener;

static int hear(unsigned int event, void *database, void *statement, void *text) {
    (void)event;
    (void)statement;
    const char *path = sqlite3_db_filename(database, "main");
    // For a trigger, SQLite passes a comment that names it; its statements are part of the one that fired it.
    if (path && text) atomic_load(&listener)(path, text);
    return 0;
}

static int listen_to(sqlite3 *database, char **message, const struct sqlite3_api_routines *routines) {
    (void)message;
    (void)routines;
    sqlite3_db_config(database, SQLITE_DBCONFIG_TRIGGER_EQP, 1, (int *)0);
    return sqlite3_trace_v2(database, SQLITE_TRACE_STMT, hear, database);
}

void statements_listen(void (*heard)(const char *path, const char *sql)) {
    atomic_store(&listener, heard);
    sqlite3_auto_extension((void (*)(void))listen_to);
}
