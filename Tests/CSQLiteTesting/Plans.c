#include "Plans.h"

#include <sqlite3.h>

static int include_triggers(sqlite3 *database, char **message, const struct sqlite3_api_routines *routines) {
    (void)message;
    (void)routines;
    return sqlite3_db_config(database, SQLITE_DBCONFIG_TRIGGER_EQP, 1, (int *)0);
}

void plans_include_triggers(void) { sqlite3_auto_extension((void (*)(void))include_triggers); }
