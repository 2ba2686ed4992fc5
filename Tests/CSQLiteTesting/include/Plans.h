#pragma once

#include <stdint.h>

/// `EXPLAIN QUERY PLAN` tells the plans of what triggers run as well, on connections that this process opens later.
void plans_include_triggers(void);

/// Counts from 0 the statements that connections of this process begin on the database file of this name, BEGIN and COMMIT
/// included, those of triggers not. Connections have to be opened after a first call, for whatever file. Eight files at
/// most.
void statements_count(const char *file);

/// How many have begun on that file since.
int64_t statements_counted(const char *file);
