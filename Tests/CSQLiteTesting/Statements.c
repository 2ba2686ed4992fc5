#include "Plans.h"

#include <pthread.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

static struct {
    char *file;
    int64_t count;
} watched[8];
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

/// The place of a file; a free one, or -1 where there is none.
static int place(const char *file) {
    for (int i = 0; i < 8; i++)
        if (!watched[i].file || strcmp(watched[i].file, file) == 0) return i;
    return -1;
}

static int begun(unsigned event, void *database, void *statement, void *text) {
    const char *file = sqlite3_db_filename(database, "main");
    (void)event;
    (void)statement;
    // What a trigger runs comes as a comment (sqlite.org/c3ref/c_trace.html).
    if (!file || strncmp(text, "--", 2) == 0) return 0;
    pthread_mutex_lock(&lock);
    int i = place(file);
    if (i >= 0 && watched[i].file) watched[i].count++;
    pthread_mutex_unlock(&lock);
    return 0;
}

static int trace(sqlite3 *database, char **message, const struct sqlite3_api_routines *routines) {
    (void)message;
    (void)routines;
    return sqlite3_trace_v2(database, SQLITE_TRACE_STMT, begun, database);
}

void statements_count(const char *file) {
    sqlite3_auto_extension((void (*)(void))trace);
    pthread_mutex_lock(&lock);
    int i = place(file);
    if (i >= 0 && !watched[i].file) watched[i].file = strdup(file);
    if (i >= 0) watched[i].count = 0;
    pthread_mutex_unlock(&lock);
}

int64_t statements_counted(const char *file) {
    pthread_mutex_lock(&lock);
    int i = place(file);
    int64_t count = i >= 0 ? watched[i].count : 0;
    pthread_mutex_unlock(&lock);
    return count;
}
