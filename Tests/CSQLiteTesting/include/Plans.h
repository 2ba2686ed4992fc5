#pragma once

/// `EXPLAIN QUERY PLAN` tells the plans of what triggers run as well, on connections that this process opens later.
void plans_include_triggers(void);
