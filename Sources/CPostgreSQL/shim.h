#pragma once
// Debian keeps the client's headers in a folder of their own (libpq-dev).
#include <postgresql/libpq-fe.h>
