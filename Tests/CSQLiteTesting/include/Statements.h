#pragma once

#include <stdint.h>

/// Counts the statements that connections of this process begin on the database file of this name, BEGIN and COMMIT
/// included, those of triggers not. Connections have to be opened after the first call.
void statements_count(const char *file);

/// How many have begun since the last call of `statements_count`.
int64_t statements_counted(void);
